public import COCO

/// See `summary`.
struct BoxConvention: DatasetRule {
  static let kind = FaultKind.boxConvention
  static let summary = "boxes whose numbers are not what the format says they are"
  static let explanation = """
    Corners x1 y1 x2 y2 in a `bbox` that means x, y, width and height, the middle of the box in place \
    of its corner, x and y exchanged, percentages, pixels of a picture of another size: one look at \
    one box does not show it, all of them together do. Nearly every box fits its picture in the other \
    reading, and many do not as they are written; or their areas or outlines are those of the other \
    reading. What follows from it (boxes past the edge, wrong areas) is not reported, and no fix cuts \
    anything off. Write the boxes anew as the format has them. Fractions of the picture are the \
    matter of `ambiguous-units`.
    """
  static let examples = [
    Example.flags(
      "corners, as the areas show",
      .example(
        .object(1, 10, 10, 30, 28, area: 360), .object(2, 20, 6, 60, 40, area: 1360))),
    Example.flags(
      "y before x",
      .example(
        .object(1, 2, 40, 12, 20), .object(2, 20, 44, 9, 15), .object(3, 8, 36, 20, 18),
        .object(4, 30, 3, 14, 9))),
    Example.flags(
      "boxes of a picture four times as large",
      .example(
        .object(1, 200, 40, 40, 30), .object(2, 120, 100, 50, 30), .object(3, 80, 90, 60, 50))),
    Example.allows(
      "one box past the edge",
      .example(
        .object(1, 50, 10, 18, 12), .object(2, 4, 4, 20, 16), .object(3, 20, 30, 14, 12))),
  ]

  func check(_ set: DatasetView, into faults: inout Faults) {
    guard let reading = set.boxReading, reading.fault.kind == Self.kind else { return }
    faults.add(reading.fault, annotation: reading.first, of: set)
  }
}

extension BoxReading {
  /// Returns whether faults of this kind may be mere consequences.
  public func explains(_ kind: FaultKind) -> Bool {
    switch kind {
    case .areaMismatch, .boxOutsideImage, .boxPastEdge, .conflictingLabels, .duplicateBox,
      .extremeAspectRatio, .farFromCategoryMean, .hugeBox, .invertedBox, .maskOutsideBox,
      .polygonOutsideBox, .tinyBox, .unitArea, .zeroAreaBox:
      true
    // Outlines and keypoints have the unit that the boxes have.
    case .emptyMask, .keypointOutsideImage: changesUnits
    default: false
    }
  }

  private var changesUnits: Bool {
    switch form {
    case .fractions, .percentages, .anotherScale: true
    case .corners, .extents, .centres, .exchangedAxes: false
    }
  }
}
