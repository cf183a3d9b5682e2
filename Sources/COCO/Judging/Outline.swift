/// The measures of an annotation's outline, taken once for all rules.
public enum Outline: Sendable {
  case none
  case polygons(Polygons.Measures)
  /// A mask with this number of set pixels.
  case mask(pixels: Int)

  /// Measures an outline; nil gives `none`.
  public init(_ segmentation: Segmentation?) {
    switch segmentation {
    case nil: self = .none
    case .polygons(let polygons)?: self = .polygons(polygons.measures)
    case .runLengths(let mask)?, .compressedRunLengths(let mask)?: self = .mask(pixels: mask.area)
    }
  }

  /// Whether the outline holds a ring or a set pixel.
  public var isPresent: Bool {
    switch self {
    case .none: false
    case .polygons(let measures): measures.rings > 0
    case .mask(let pixels): pixels > 0
    }
  }

  /// The measures of polygons; nil for a mask and if there is no outline.
  public var polygons: Polygons.Measures? {
    if case .polygons(let measures) = self { measures } else { nil }
  }
}

extension Segmentation {
  /// The outline's mask; nil for polygons.
  public var mask: RunLengthMask? {
    switch self {
    case .polygons: nil
    case .runLengths(let mask), .compressedRunLengths(let mask): mask
    }
  }
}

extension RunLengthMask {
  /// Returns whether the mask has the size of an image, in pixels.
  public func fits(width: Int, height: Int) -> Bool {
    self.width == width && self.height == height
  }

  /// Returns the fault of a mask whose size is not its image's; nil if the sizes agree.
  public func sizeFault(width: Int, height: Int) -> Fault? {
    fits(width: width, height: height)
      ? nil
      : Fault(
        .rleSizeMismatch,
        "the mask is \(self.width)×\(self.height), the image \(width)×\(height)", .segmentation)
  }

  /// The fault of runs that cover more or fewer pixels than the mask has; nil if they fit.
  public var runsFault: Fault? {
    let pixels = height.multipliedReportingOverflow(by: width)
    let covered = counts.reduce(0) { $0 + Int($1) }
    guard pixels.overflow || covered != pixels.partialValue else { return nil }
    return Fault(
      .rleSizeMismatch,
      "the runs cover \(covered) pixels, the mask of \(width)×\(height) has "
        + "\(pixels.partialValue)", .segmentation)
  }

  /// The fault of a mask without a set pixel; nil if a pixel is set.
  public var emptyFault: Fault? { area > 0 ? nil : .emptyMask }
}

extension Fault {
  /// The fault of a mask without a set pixel.
  public static let emptyMask = Fault(
    .emptySegmentation, "the mask covers no pixel", .segmentation)
}

extension Fault {
  /// Returns the fault of a ring with this number of coordinates; nil if they are enough, in pairs.
  public static func ring(coordinates: Int, fix: Fix? = nil) -> Fault? {
    if !coordinates.isMultiple(of: 2) {
      return Fault(
        .oddPolygon, "expected pairs of coordinates, found \(coordinates) numbers", .segmentation,
        fix: fix)
    }
    guard coordinates < 6 else { return nil }
    return Fault(
      .polygonTooShort, "expected at least 3 corners, found \(coordinates / 2)", .segmentation,
      fix: fix)
  }
}
