public import COCO

/// The context of an annotation: its position, its image and category, the condition of its box,
/// and the measures of its outline.
public struct Frame: Sendable {
  /// The index among the dataset's annotations.
  public var index: Int
  /// The position of the annotation's image; nil if there is none of its id.
  public var image: Int?
  /// The position of the annotation's category; nil if there is none of its id.
  public var category: Int?
  /// The image's width in pixels; 0 if it is not known.
  public var width: Double
  /// The image's height in pixels; 0 if it is not known.
  public var height: Double
  /// The condition of the box on the image.
  public var condition: BoxCondition
  /// The measures of the outline.
  public var outline: Outline

  /// Whether the image's size is known.
  var hasSize: Bool { width > 0 && height > 0 }
}

extension Frame {
  /// Returns the fault of the annotation's box; nil if it is sound.
  func boxFault(of annotation: Annotation) -> Fault? {
    annotation.box.flatMap {
      condition.fault(of: $0, width: width, height: height, outline: annotation.segmentation)
    }
  }

  /// The image's size as messages give it.
  var sizeText: String { "\(Int(width))×\(Int(height))" }
}

extension Annotation {
  /// Returns the area that the annotation should have, in square pixels: that of its mask as
  /// pycocotools draws it on the image, or else of its box. nil if there is neither.
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
