import COCO
import Files
import Images

/// VOC's masks of objects, `SegmentationObject/STEM.png`: the value i is the i-th object of the XML
/// file, 0 the background, and 255 the border around objects that belongs to none.
struct VOCSegmentation {
  private static let border: UInt32 = 255

  /// The folders where the mask may be.
  let locators: [ImageLocator]
  /// Where the XML file says that there is a mask.
  let origin: Origin

  /// Gives each object that has no outline yet the pixels of its number, where there is a mask of
  /// one of the names `stems`. `count` is the number of objects in the file, whether they could be
  /// read or not.
  func outline(
    _ objects: inout [VOCObject], of count: Int, stems: [String], size: ImageSize,
    findings: inout [Finding]
  ) {
    let located = stems.lazy.flatMap { stem in
      locators.lazy.compactMap { $0.exactly(stem + ".png") }
    }.first
    guard let located else { return }
    let name = Path.name(of: located.path)
    do throws(ImageError) {
      let header = try located.header.get()
      guard header.width == size.width, header.height == size.height else {
        findings.append(
          finding(
            .imageSizeMismatch,
            "the mask \(name) is \(header.width)×\(header.height), the picture is "
              + "\(size.width)×\(size.height), so that the mask is not used"))
        return
      }
      let labels = try LabelImage.decode(path: located.path)
      guard labels.kind != .colour else {
        throw .unsupported("expected a palette or grey levels, found colours")
      }
      let strangers = outline(&objects, of: count, by: labels)
      if !strangers.isEmpty {
        let values = strangers.map(String.init).joined(separator: ", ")
        findings.append(
          finding(
            .malformedValue, severity: .warning,
            "the mask \(name) has the values \(values), which are no objects: the file has \(count)"
          ))
      }
    } catch {
      findings.append(
        finding(.unreadableImage, "the mask \(name) is not used: \(error)"))
    }
  }

  /// Outlines the objects, and returns the values that stand for none.
  private func outline(
    _ objects: inout [VOCObject], of count: Int, by labels: LabelImage
  ) -> [UInt32] {
    var strangers: [UInt32] = []
    let masks = RunLengthMask.masks(
      ofLabels: labels.values, width: labels.width, height: labels.height)
    for (value, mask) in masks where value != Self.border {
      if value > count {
        strangers.append(value)
      } else if let index = objects.firstIndex(where: { $0.number == value }),
        objects[index].annotation.segmentation == nil
      {
        objects[index].annotation.segmentation = .compressedRunLengths(mask)
      }
    }
    return strangers
  }

  private func finding(
    _ kind: FaultKind, severity: Finding.Severity? = nil, _ message: String
  ) -> Finding {
    Finding(kind, severity: severity, message, at: origin)
  }
}
