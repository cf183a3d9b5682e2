import COCO

/// How many outlines lie elsewhere than their boxes, so that a model learns two things of one object.
struct OutlineFit: Sendable {
  /// Objects with an outline and a box.
  private(set) var outlines = 0
  /// Those of them whose outline's extent overlaps the box by less than half.
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

  /// That too many do to be the errors of a hand; nil where they do not.
  var fault: String? {
    guard Double(apart) > Self.mostShare * Double(outlines) else { return nil }
    return
      "\(apart) of \(outlines) masks lie elsewhere than their boxes: they may be upside down or belong to "
      + "other objects"
  }
}
