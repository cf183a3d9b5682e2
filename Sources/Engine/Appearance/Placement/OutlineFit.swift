import COCO

/// The number of outlines that lie elsewhere than their boxes, so that a model learns contradictory
/// places of one object.
struct OutlineFit: Sendable {
  /// The number of objects with an outline and a box.
  private(set) var outlines = 0
  /// The number of outlines whose extent overlaps the box by less than half.
  private(set) var apart = 0

  private static let leastOverlap = 0.5
  private static let mostShare = 0.2

  init(_ samples: DetectionSamples) {
    for position in 0..<samples.count {
      for object in samples.learnable(at: position) {
        let annotation = samples.dataset.annotations[object.annotation]
        guard let extent = annotation.segmentation?.extent else { continue }
        outlines += 1
        if extent.intersectionOverUnion(object.box) < Self.leastOverlap { apart += 1 }
      }
    }
  }

  /// The fault that more outlines do than errors by hand explain; nil if they do not.
  var fault: String? {
    guard Double(apart) > Self.mostShare * Double(outlines) else { return nil }
    return
      "\(apart) of \(outlines) masks lie elsewhere than their boxes: they may be upside down or belong to "
      + "other objects"
  }
}
