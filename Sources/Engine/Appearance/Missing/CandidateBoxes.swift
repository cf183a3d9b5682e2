import Glibc

/// Boxes at which an object without a box may be: they have the sizes of a set's own boxes and lie
/// everywhere in an image.
enum CandidateBoxes {
  /// The number of sizes that are drawn for one image.
  private static let sizes = 16
  /// The least distance of neighbours, in sides of the box.
  private static let leastStep = 0.08

  /// Returns at most about `count` boxes, as many of each size, on grids with a shift of each box.
  ///
  /// - Parameter pool: The set's boxes, of which sizes are drawn; not empty.
  static func drawn(
    _ count: Int, sizedAs pool: [RelativeBox], using generator: inout SeededGenerator
  ) -> [RelativeBox] {
    (0..<sizes).flatMap { _ in
      let size = pool[Int.random(in: pool.indices, using: &generator)]
      return grid(of: size, count: max(count / sizes, 1), using: &generator)
    }
  }

  private static func grid(
    of size: RelativeBox, count: Int, using generator: inout SeededGenerator
  ) -> [RelativeBox] {
    let (width, height) = (min(size.width, 1), min(size.height, 1))
    let room = (x: (1 - width) / width, y: (1 - height) / height)
    // The density of steps d at which (1 + d room.x) (1 + d room.y) is the count.
    let (product, sum) = (room.x * room.y, room.x + room.y)
    let more = Double(count - 1)
    let density =
      product > 1e-9
      ? ((sum * sum + 4 * product * more).squareRoot() - sum) / (2 * product)
      : more / max(sum, 1e-9)
    let step = max(1 / max(density, 1e-9), leastStep)
    let (columns, rows) = (Int(room.x / step) + 1, Int(room.y / step) + 1)
    return (0..<(columns * rows)).map { cell in
      let across = Double(cell % columns) + Double.random(in: 0..<1, using: &generator)
      let down = Double(cell / columns) + Double.random(in: 0..<1, using: &generator)
      let x = across / Double(columns) * (1 - width)
      let y = down / Double(rows) * (1 - height)
      return RelativeBox(x, y, x + width, y + height)
    }
  }

  /// Returns a box about as large and at about the same place.
  ///
  /// - Parameter by: The most that it is moved, in its sides, and grows or shrinks, as a logarithm.
  static func near(
    _ box: RelativeBox, by most: Double, using generator: inout SeededGenerator
  ) -> RelativeBox {
    func draw() -> Double { Double.random(in: -most...most, using: &generator) }
    let (x, y) = (box.centre.x + draw() * box.width, box.centre.y + draw() * box.height)
    let (across, down) = (box.width / 2 * exp(draw()), box.height / 2 * exp(draw()))
    return RelativeBox(
      max(x - across, 0), max(y - down, 0), min(x + across, 1), min(y + down, 1))
  }
}

extension RelativeBox {
  var area: Double { max(width, 0) * max(height, 0) }

  /// Returns the area that two boxes share.
  func shared(with other: RelativeBox) -> Double {
    max(min(x1, other.x1) - max(x0, other.x0), 0) * max(min(y1, other.y1) - max(y0, other.y0), 0)
  }

  /// Returns the shared area as a share of the smaller box, 0 … 1.
  func shareOfSmaller(_ other: RelativeBox) -> Double {
    shared(with: other) / max(min(area, other.area), 1e-12)
  }
}
