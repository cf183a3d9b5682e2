/// An axis-parallel box in pixels: x to the right, y down, 0 at the picture's upper left edge.
///
/// Stored as COCO stores it, corner and extent, so that a COCO file keeps its very numbers.
public struct Box: Sendable, Equatable {
  public var x: Double
  public var y: Double
  public var width: Double
  public var height: Double

  public init(x: Double, y: Double, width: Double, height: Double) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }

  /// The box from its corners (x0, y0) and (x1, y1), inverted where the corners are.
  public init(x0: Double, y0: Double, x1: Double, y1: Double) {
    self.init(x: x0, y: y0, width: x1 - x0, height: y1 - y0)
  }

  public var x0: Double { x }
  public var y0: Double { y }
  public var x1: Double { x + width }
  public var y1: Double { y + height }
  /// Square pixels.
  public var area: Double { width * height }
  public var isFinite: Bool { x.isFinite && y.isFinite && width.isFinite && height.isFinite }
  /// Whether a corner that should come second comes first.
  public var isInverted: Bool { width < 0 || height < 0 }

  /// The same box with its corners in order.
  public var sorted: Box {
    Box(
      x: min(x, x + width), y: min(y, y + height), width: abs(width), height: abs(height))
  }
}

extension Box {
  /// Whether all four edges are numbers; the sum of two finite numbers need not be one.
  public var hasFiniteEdges: Bool { isFinite && x1.isFinite && y1.isFinite }

  /// The right edge as it should be written: see `edge(from:extent:)`.
  public var writtenX1: Double { Self.edge(from: x, extent: width) }
  /// The lower edge as it should be written: see `edge(from:extent:)`.
  public var writtenY1: Double { Self.edge(from: y, extent: height) }

  /// `start` + `extent`, so that whoever subtracts `start` finds `extent` again.
  ///
  /// 48.24 + 147.73 is 195.96999999999997 in doubles, and reading 195.97 − 48.24 gives another
  /// extent than the one that led here. So: of the neighbours of the sum, the one that gives back
  /// the very extent, the decimal of six places before others; where none does, that decimal if
  /// it is as near as doubles are exact, which is within 1e-9 px for pictures of any size.
  public static func edge(from start: Double, extent: Double) -> Double {
    let sum = start + extent
    let decimal = (sum * 1e6).rounded() / 1e6
    let isNear = abs(decimal - sum) <= 2 * max(abs(start), abs(extent), abs(sum)).ulp
    if isNear, decimal - start == extent { return decimal }
    for edge in [sum, sum.nextUp, sum.nextDown] where edge - start == extent { return edge }
    return isNear ? decimal : sum
  }
}

extension Box {
  /// The corners x0 y0 x1 y1, as messages give them.
  public var cornersText: String {
    [x0, y0, x1, y1].map(\.shortest).joined(separator: " ")
  }

  /// The corner and the extent, as messages give them.
  public var extentsText: String {
    "x \(x.shortest), y \(y.shortest), width \(width.shortest), height \(height.shortest)"
  }
}

extension Box {
  /// What two boxes share over what they cover together, 0 … 1.
  public func intersectionOverUnion(_ other: Box) -> Double {
    let width = min(x1, other.x1) - max(x0, other.x0)
    let height = min(y1, other.y1) - max(y0, other.y0)
    guard width > 0, height > 0 else { return 0 }
    let shared = width * height
    return shared / (area + other.area - shared)
  }
}
