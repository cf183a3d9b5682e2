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
