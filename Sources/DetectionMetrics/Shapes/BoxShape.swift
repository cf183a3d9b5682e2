package import COCO

/// A box that is compared by intersection over union: pycocotools' `bbIou`.
struct BoxShape: EvaluatedShape {
  var box: Box

  @inline(__always)
  func overlap(with truth: BoxShape, isCrowd: Bool, least: Double) -> Double {
    box.iou(with: truth.box, isCrowd: isCrowd)
  }

  static func truth(
    _ annotation: Annotation, in frame: ImageFrame
  ) throws(ShapeFault) -> BoxShape {
    guard let box = annotation.box else { throw .missing("bbox") }
    guard box.isFinite else {
      throw ShapeFault(kind: .malformedValue, message: "bbox: expected 4 finite numbers")
    }
    return BoxShape(box: box)
  }

  @inline(__always)
  static func detection(
    _ detection: Detection, in frame: ImageFrame
  ) throws(ShapeFault) -> (shape: BoxShape, area: Double) {
    if case .boxes = frame.form {
      guard let box = detection.box else { throw .missing("bbox") }
      return (BoxShape(box: box), box.area)
    }
    return try detectionWithoutBox(detection, in: frame)
  }

  /// Returns the box around a mask or around keypoints, with their area.
  private static func detectionWithoutBox(
    _ detection: Detection, in frame: ImageFrame
  ) throws(ShapeFault) -> (shape: BoxShape, area: Double) {
    if case .keypoints = frame.form {
      let extent = try frame.keypointExtent(of: detection)
      return (BoxShape(box: extent), extent.area)
    }
    let (mask, area) = try MaskShape.detection(detection, in: frame)
    return (BoxShape(box: detection.box ?? mask.box), area)
  }
}

extension Box {
  /// Returns the intersection over union of this box, a detection's, with `truth`, in pycocotools'
  /// order of operations. For a crowd region the divisor is the detection's own area.
  @inline(__always)
  package func iou(with truth: Box, isCrowd: Bool) -> Double {
    let across = min(width + x, truth.width + truth.x) - max(x, truth.x)
    guard across > 0 else { return 0 }
    let down = min(height + y, truth.height + truth.y) - max(y, truth.y)
    guard down > 0 else { return 0 }
    let intersection = across * down
    return intersection / (isCrowd ? area : area + truth.area - intersection)
  }
}
