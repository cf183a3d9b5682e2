/// An axis-parallel box in pixels: x to the right, y down, 0 at the image's upper left edge.
///
/// It is stored as in COCO, as corner and extent, so that a COCO file keeps its exact numbers.
public struct Box: Sendable, Equatable {
  /// The left edge in pixels.
  public var x: Double
  /// The upper edge in pixels.
  public var y: Double
  /// The width in pixels; negative if the box is inverted.
  public var width: Double
  /// The height in pixels; negative if the box is inverted.
  public var height: Double

  /// Creates a box from its corner and extent.
  public init(x: Double, y: Double, width: Double, height: Double) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }

  /// Creates a box from its corners (x0, y0) and (x1, y1); it is inverted if they are.
  public init(x0: Double, y0: Double, x1: Double, y1: Double) {
    self.init(x: x0, y: y0, width: x1 - x0, height: y1 - y0)
  }

  /// The left edge in pixels.
  public var x0: Double { x }
  /// The upper edge in pixels.
  public var y0: Double { y }
  /// The right edge in pixels.
  public var x1: Double { x + width }
  /// The lower edge in pixels.
  public var y1: Double { y + height }
  /// The area in square pixels: width × height.
  public var area: Double { width * height }
  /// Whether the corner and the extent are all finite.
  public var isFinite: Bool { x.isFinite && y.isFinite && width.isFinite && height.isFinite }
  /// Whether the width or the height is negative.
  public var isInverted: Bool { width < 0 || height < 0 }

  /// The same box with its corners in order.
  public var sorted: Box {
    Box(
      x: min(x, x + width), y: min(y, y + height), width: abs(width), height: abs(height))
  }
}

extension Box {
  /// Whether all four edges are finite; the sum of two finite numbers need not be.
  public var hasFiniteEdges: Bool { isFinite && x1.isFinite && y1.isFinite }

  /// The right edge as it is written to files: see `edge(from:extent:)`.
  public var writtenX1: Double { Self.edge(from: x, extent: width) }
  /// The lower edge as it is written to files: see `edge(from:extent:)`.
  public var writtenY1: Double { Self.edge(from: y, extent: height) }

  /// Returns `start` + `extent` such that subtracting `start` gives `extent` again.
  ///
  /// 48.24 + 147.73 is 195.96999999999997 in doubles, and 195.97 − 48.24 is not 147.73. So the
  /// result is a neighbour of the sum that gives back the exact extent, preferably the decimal of
  /// six places. If none does, it is that decimal if it is as near as doubles are exact, which is
  /// within 1e-9 px for images of any size, and the sum otherwise.
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
  /// The corners x0 y0 x1 y1 as messages give them.
  public var cornersText: String {
    [x0, y0, x1, y1].map(\.shortest).joined(separator: " ")
  }

  /// The corner and the extent as messages give them.
  public var extentsText: String {
    "x \(x.shortest), y \(y.shortest), width \(width.shortest), height \(height.shortest)"
  }
}

extension Box {
  /// Returns the overlap of two boxes: shared area over the area of both together, 0 … 1.
  public func intersectionOverUnion(_ other: Box) -> Double {
    let width = min(x1, other.x1) - max(x0, other.x0)
    let height = min(y1, other.y1) - max(y0, other.y0)
    guard width > 0, height > 0 else { return 0 }
    let shared = width * height
    return shared / (area + other.area - shared)
  }
}
