import COCO
import Files
import Images

/// VOC's masks of objects, `SegmentationObject/STEM.png`: the value i is the i-th object of the XML
/// file, 0 the background, and 255 the border around objects, which belongs to none. If the boxes
/// show that a program has numbered the objects in another order, they decide; so they do if a
/// colour image has other colours than VOC's, which have no order.
struct VOCSegmentation {
  private static let border: UInt32 = 255

  /// The possible folders of the mask.
  let locators: [ImageLocator]
  /// The place at which the XML file announces a mask.
  let origin: Origin

  /// Gives each object without an outline the pixels of its number, if there is a mask of one of
  /// the names `stems`. `count` is the number of objects in the file, whether they could be read or
  /// not.
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
            "the mask \(name) is \(header.width)×\(header.height), the image is "
              + "\(size.width)×\(size.height), so the mask is not used"))
        return
      }
      var labels = try LabelImage.decode(path: located.path)
      let areNumbers = labels.kind != .colour || Self.readColours(of: &labels)
      guard areNumbers || Self.numberColours(of: &labels, most: count + 1) else {
        findings.append(
          finding(
            .malformedValue, severity: .warning,
            "the mask \(name) is not used: expected a colour for each of \(count) objects, found more"
          ))
        return
      }
      let strangers = outline(&objects, of: count, by: labels, areNumbers: areNumbers)
      if !strangers.isEmpty, !areNumbers {
        let colours = strangers.count == 1 ? "1 colour" : "\(strangers.count) colours"
        findings.append(
          finding(
            .malformedValue, severity: .warning,
            "the mask \(name) has \(colours) that no object's box fits"))
      } else if !strangers.isEmpty {
        let values = strangers.map(String.init).joined(separator: ", ")
        findings.append(
          finding(
            .malformedValue, severity: .warning,
            "the mask \(name) has the values \(values), which are not objects: the file has \(count)"
          ))
      }
    } catch {
      findings.append(
        finding(.unreadableImage, "the mask \(name) is not used: \(error)"))
    }
  }

  private static let valueOfColour = Dictionary(
    uniqueKeysWithValues: (0...255).map { (MaskClasses.vocColour($0), UInt32($0)) })

  /// Replaces the colours of VOC's palette by its values. Returns false, and changes nothing, if
  /// there are other colours.
  private static func readColours(of labels: inout LabelImage) -> Bool {
    var values = labels.values
    for index in values.indices {
      guard let value = valueOfColour[values[index]] else { return false }
      values[index] = value
    }
    labels.values = values
    return true
  }

  /// Replaces colours by numbers from 1, in the order of their occurrence; black remains the
  /// background. Returns false, and changes nothing, if there are more than `most`.
  private static func numberColours(of labels: inout LabelImage, most: Int) -> Bool {
    var numbers = [MaskClasses.vocColour(0): UInt32(0), MaskClasses.vocColour(255): border]
    var values = labels.values
    for index in values.indices {
      if let number = numbers[values[index]] {
        values[index] = number
        continue
      }
      // The two that are known count for none, and no number may be the border's.
      guard numbers.count - 2 < min(most, 254) else { return false }
      let number = UInt32(numbers.count - 1)
      numbers[values[index]] = number
      values[index] = number
    }
    labels.values = values
    return true
  }

  /// Outlines the objects, and returns the values that belong to none.
  ///
  /// - Parameter areNumbers: Whether the values are those of the objects, in their order.
  private func outline(
    _ objects: inout [VOCObject], of count: Int, by labels: LabelImage, areNumbers: Bool
  ) -> [UInt32] {
    var strangers: [UInt32] = []
    let masks = RunLengthMask.masks(
      ofLabels: labels.values, width: labels.width, height: labels.height
    ).filter { $0.0 != Self.border }
    let owners = owners(of: masks, among: objects, areNumbers: areNumbers)
    for (value, mask) in masks {
      guard let index = owners[value] else {
        if value > count || !areNumbers { strangers.append(value) }
        continue
      }
      if objects[index].annotation.segmentation == nil {
        objects[index].annotation.segmentation = .compressedRunLengths(mask)
      }
    }
    return strangers
  }

  /// Returns the object of each value: the one of its number if the mask fills that one's box, or
  /// else the one whose box it fills, or else that of its number; if values are no numbers, the one
  /// whose box it alone fills.
  private func owners(
    of masks: [(UInt32, RunLengthMask)], among objects: [VOCObject], areNumbers: Bool
  ) -> [UInt32: Int] {
    var owners: [UInt32: Int] = [:]
    if areNumbers {
      for (index, object) in objects.enumerated() { owners[UInt32(object.number)] = index }
    }
    let extents = masks.map { ($0.0, $0.1.boundingBox) }
    let isInOrder = extents.allSatisfy { value, extent in
      owners[value].map { objects[$0].isFilled(by: extent) } ?? true
    }
    if isInOrder, areNumbers { return owners }
    var pairs: [(overlap: Double, value: UInt32, index: Int)] = []
    for (value, extent) in extents {
      for (index, object) in objects.enumerated() where object.isFilled(by: extent) {
        pairs.append((object.overlap(with: extent), value, index))
      }
    }
    pairs.sort { ($1.overlap, $0.value, $0.index) < ($0.overlap, $1.value, $1.index) }
    var byBox: [UInt32: Int] = [:]
    for pair in pairs where byBox[pair.value] == nil && !byBox.values.contains(pair.index) {
      byBox[pair.value] = pair.index
    }
    for (value, index) in owners where byBox[value] == nil && !byBox.values.contains(index) {
      byBox[value] = index
    }
    return byBox
  }

  private func finding(
    _ kind: FaultKind, severity: Finding.Severity? = nil, _ message: String
  ) -> Finding {
    Finding(kind, severity: severity, message, at: origin)
  }
}

extension VOCObject {
  /// Returns whether a mask of this extent is likely to be the object's. An object without a box
  /// can have any.
  fileprivate func isFilled(by extent: Box) -> Bool {
    overlap(with: extent) >= 0.5
  }

  /// Returns the intersection of the box and an extent over their union; 1 if there is no box.
  fileprivate func overlap(with extent: Box) -> Double {
    guard let corners else { return 1 }
    let width = min(corners.x1, extent.x1) - max(corners.x0, extent.x0)
    let height = min(corners.y1, extent.y1) - max(corners.y0, extent.y0)
    guard width > 0, height > 0 else { return 0 }
    let own = (corners.x1 - corners.x0) * (corners.y1 - corners.y0)
    return width * height / (own + extent.width * extent.height - width * height)
  }
}
