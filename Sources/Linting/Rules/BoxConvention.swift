public import COCO

/// See `summary`.
struct BoxConvention: DatasetRule {
  static let kind = FaultKind.boxConvention
  static let scope = RuleScope.facts
  static let summary = "boxes whose numbers do not mean what the format specifies"
  static let explanation = """
    Examples are corners x1 y1 x2 y2 in a `bbox` that should hold x, y, width and height, the \
    centre of the box in place of its corner, x and y swapped, percentages, or pixels of an image \
    of a different size. No single box shows this, but all of them together do: nearly every box \
    fits its image under the other reading and many do not as written, or the areas or outlines \
    match the other reading. Consequences such as boxes past the edge or wrong areas are not \
    reported, and no fix clips anything. Rewrite the boxes as the format defines them. Fractions \
    of the image are reported as `ambiguous-units`.
    """
  static let examples = [
    Example.flags(
      "corners, as the areas reveal",
      .example(
        .object(1, 10, 10, 30, 28, area: 360), .object(2, 20, 6, 60, 40, area: 1360))),
    Example.flags(
      "y before x",
      .example(
        .object(1, 2, 40, 12, 20), .object(2, 20, 44, 9, 15), .object(3, 8, 36, 20, 18),
        .object(4, 30, 3, 14, 9))),
    Example.flags(
      "boxes of an image four times as large",
      .example(
        .object(1, 200, 40, 40, 30), .object(2, 120, 100, 50, 30), .object(3, 80, 90, 60, 50))),
    Example.allows(
      "a single box past the edge",
      .example(
        .object(1, 50, 10, 18, 12), .object(2, 4, 4, 20, 16), .object(3, 20, 30, 14, 12))),
  ]

  func check(_ set: DatasetView, into faults: inout Faults) {
    guard let reading = set.boxReading, reading.fault.kind == Self.kind,
      let first = set.facts.firstOddBox
    else { return }
    faults.add(reading.fault, first, of: set)
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
