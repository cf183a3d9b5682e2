import COCO

extension Annotation {
  /// The area that the annotation should have, in square pixels: its mask's as pycocotools draws it
  /// on the picture, else its box's. nil where there is neither.
  func expectedArea(in frame: Frame) -> Double? {
    switch (frame.outline, segmentation) {
    case (.mask(let pixels), _): Double(pixels)
    case (.polygons(let outline), .polygons(let polygons)?) where outline.rings > 0:
      if frame.hasSize {
        (try? RunLengthMask.area(
          of: polygons, height: Int(frame.height), width: Int(frame.width)))
          .map(Double.init)
      } else {
        outline.isFinite ? outline.enclosedArea : nil
      }
    default: box?.area
    }
  }
}
