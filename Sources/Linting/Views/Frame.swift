public import COCO

/// Where an annotation stands: its position, its image and category, how its box fits there, and
/// what its outline is like.
public struct Frame: Sendable {
  /// Among the dataset's annotations.
  public var index: Int
  /// The position of the annotation's image; nil where there is none of its id.
  public var image: Int?
  /// The position of the annotation's category; nil where there is none of its id.
  public var category: Int?
  /// Of the picture, in pixels; 0 where it is not known.
  public var width: Double
  /// Of the picture, in pixels; 0 where it is not known.
  public var height: Double
  public var condition: BoxCondition
  public var outline: Outline

  /// Whether the picture's size is known.
  var hasSize: Bool { width > 0 && height > 0 }
}

extension Frame {
  /// The fault of the annotation's box, or nil where it is sound.
  func boxFault(of annotation: Annotation) -> Fault? {
    annotation.box.flatMap {
      condition.fault(of: $0, width: width, height: height, outline: annotation.segmentation)
    }
  }

  /// The picture's size, as messages give it.
  var sizeText: String { "\(Int(width))×\(Int(height))" }
}

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
