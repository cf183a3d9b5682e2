import COCO
import Files

/// A shape with the id of its record: the annotation's, or the place of the detection among all,
/// from 1, as pycocotools numbers them. The offset of a detection's origin is that place, from 0.
struct NumberedShape<Shape: EvaluatedShape>: EvaluatedShape {
  let shape: Shape
  let id: Int

  var asMask: MaskShape? { shape.asMask }

  func overlap(with truth: NumberedShape, isCrowd: Bool, least: Double) -> Double {
    shape.overlap(with: truth.shape, isCrowd: isCrowd, least: least)
  }

  static func truth(
    _ annotation: Annotation, in frame: ImageFrame
  ) throws(ShapeFault) -> NumberedShape {
    NumberedShape(shape: try Shape.truth(annotation, in: frame), id: annotation.id)
  }

  static func detection(
    _ detection: Detection, in frame: ImageFrame
  ) throws(ShapeFault) -> (shape: NumberedShape, area: Double) {
    let (shape, area) = try Shape.detection(detection, in: frame)
    return (NumberedShape(shape: shape, id: (detection.origin?.offset ?? 0) + 1), area)
  }
}
