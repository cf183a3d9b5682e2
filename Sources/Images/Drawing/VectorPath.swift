import Glibc

/// A point on an image in pixels: x to the right, y down, 0 at its upper left edge.
public struct Point: Sendable, Equatable {
  /// The distance from the left edge in pixels.
  public var x: Double
  /// The distance from the upper edge in pixels.
  public var y: Double

  /// Creates a point, whose coordinates need not be whole.
  public init(x: Double, y: Double) {
    self.x = x
    self.y = y
  }
}

/// A path of closed rings of straight lines, which together bound the area to fill.
public struct VectorPath: Sendable, Equatable {
  /// The largest coordinate, beyond any image. Points farther out are moved to it, so that no
  /// number is too large to draw.
  public static let furthest = 1e7

  /// The corners of each ring; the last one is joined to the first.
  public private(set) var rings: [[Point]] = []

  /// Creates a path that bounds nothing.
  public init() {}

  /// Creates a path of rings; those with a corner that is not finite are left out.
  public init(rings: [[Point]]) {
    for ring in rings { add(ring) }
  }

  /// Adds a ring, unless one of its corners is not finite or it has fewer than two.
  public mutating func add(_ ring: [Point]) {
    guard ring.count > 1, ring.allSatisfy({ $0.x.isFinite && $0.y.isFinite }) else { return }
    rings.append(ring.map { Point(x: Self.near($0.x), y: Self.near($0.y)) })
  }

  /// Adds the rectangle between two corners.
  public mutating func addRectangle(x0: Double, y0: Double, x1: Double, y1: Double) {
    add([Point(x: x0, y: y0), Point(x: x1, y: y0), Point(x: x1, y: y1), Point(x: x0, y: y1)])
  }

  /// Adds a circle, as a polygon that differs from it by less than a twentieth of a pixel.
  public mutating func addCircle(at center: Point, radius: Double) {
    guard radius > 0, radius.isFinite else { return }
    let count = min(max(Int((10 * radius.squareRoot()).rounded(.up)), 8), 256)
    add(
      (0..<count).map { index in
        let angle = 2 * Double.pi * Double(index) / Double(count)
        return Point(x: center.x + radius * cos(angle), y: center.y + radius * sin(angle))
      })
  }

  /// Adds a rectangle with rounded corners.
  public mutating func addRounded(
    x0: Double, y0: Double, x1: Double, y1: Double, radius: Double
  ) {
    let radius = min(radius, (x1 - x0) / 2, (y1 - y0) / 2)
    guard radius > 0 else { return addRectangle(x0: x0, y0: y0, x1: x1, y1: y1) }
    let steps = min(max(Int((2 * radius.squareRoot()).rounded(.up)), 2), 16)
    let corners = [(x1, y1, -1.0, -1.0), (x0, y1, 1, -1), (x0, y0, 1, 1), (x1, y0, -1, 1)]
    var ring: [Point] = []
    for (turn, corner) in corners.enumerated() {
      let (x, y) = (corner.0 + corner.2 * radius, corner.1 + corner.3 * radius)
      for step in 0...steps {
        let angle = (Double(turn) + Double(step) / Double(steps)) * Double.pi / 2
        ring.append(Point(x: x + radius * cos(angle), y: y + radius * sin(angle)))
      }
    }
    add(ring)
  }

  /// Adds the rings of another path, enlarged by `scale` and then moved.
  mutating func add(_ other: VectorPath, scale: Double, x: Double, y: Double) {
    for ring in other.rings {
      add(ring.map { Point(x: $0.x * scale + x, y: $0.y * scale + y) })
    }
  }

  private static func near(_ value: Double) -> Double { min(max(value, -furthest), furthest) }
}
