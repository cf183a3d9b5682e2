import COCO

/// The true and the detected objects of an image, ready to be compared.
struct ImageObjects<Shape: EvaluatedShape> {
  var truths: [TruthObject<Shape>] = []
  var detections: [DetectedObject<Shape>] = []
  /// The positions of LVIS's categories that are not annotated throughout in this image.
  var partlyAnnotated: Set<Int32> = []
}

/// A true object.
struct TruthObject<Shape: EvaluatedShape> {
  /// The category's position among those evaluated.
  var category: Int32
  /// The area in square pixels.
  var area: Double
  /// Whether the object may match many detections, with overlaps as parts of the detection alone.
  var isCrowd: Bool
  /// Whether the object counts neither as found nor as missed.
  var isIgnored: Bool
  /// Whether a match is noticed: pycocotools notes it by the annotation's id, so one of id 0 is
  /// overlooked.
  var isSeenWhenMatched: Bool
  var shape: Shape
}

/// A detection.
struct DetectedObject<Shape: EvaluatedShape> {
  /// The category's position among those evaluated.
  var category: Int32
  var score: Double
  /// The area in square pixels.
  var area: Double
  var shape: Shape
}

extension ImageObjects {
  /// Orders objects by category, detections also by falling score; what is equal keeps its order.
  mutating func sort() {
    if !isOrdered(truths, by: { $0.category <= $1.category }) {
      truths = truths.stablySorted { $0.category < $1.category }
    }
    let isInOrder = isOrdered(detections) {
      $0.category == $1.category ? $0.score >= $1.score : $0.category < $1.category
    }
    if isInOrder { return }
    if isOrdered(detections, by: { $0.score >= $1.score }) {
      // As detectors mostly give them: the order within a category is there already.
      let keys = detections.indices.map { UInt64(detections[$0].category) << 32 | UInt64($0) }
      detections = keys.sorted().map { detections[Int($0 & 0xFFFF_FFFF)] }
    } else {
      detections = detections.stablySorted {
        $0.category == $1.category ? $0.score > $1.score : $0.category < $1.category
      }
    }
  }

  private func isOrdered<Object>(_ objects: [Object], by areInOrder: (Object, Object) -> Bool)
    -> Bool
  {
    for index in objects.indices.dropFirst()
    where !areInOrder(objects[index - 1], objects[index]) {
      return false
    }
    return true
  }
}
