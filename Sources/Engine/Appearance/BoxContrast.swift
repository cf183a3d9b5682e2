/// How much what is in a box differs from what is just around it: in colour, and in how many edges
/// there are. Objectness of Alexe et al. (2012) goes by the same cues: a box that fits an object
/// has more of both than the same box a little aside.
struct BoxContrast {
  private let picture: PictureColours
  /// What is added on each side for what is around, as a share of the box' side.
  private static let margin = 0.2
  /// How far aside a box is moved, as a share of its side.
  private static let shift = 0.5

  init(in picture: PictureColours) {
    self.picture = picture
  }

  /// The shares of the eight boxes half a side away that the box outdoes, from 0 to 1: about 0.5
  /// for boxes that have nothing to do with the picture. Nil where none of them has room.
  func ranks(of box: RelativeBox) -> ContrastRanks? {
    guard let own = cues(of: box) else { return nil }
    let others = shifted(box).compactMap { cues(of: $0) }
    guard !others.isEmpty else { return nil }
    let count = Double(others.count)
    return ContrastRanks(
      colour: Double(others.count { own.colour > $0.colour }) / count,
      edges: Double(others.count { own.edges > $0.edges }) / count)
  }

  /// The box moved in eight directions, as far as it stays in the picture.
  private func shifted(_ box: RelativeBox) -> [RelativeBox] {
    (0..<9).filter { $0 != 4 }.compactMap { direction in
      let x = box.x0 + Double(direction % 3 - 1) * Self.shift * box.width
      let y = box.y0 + Double(direction / 3 - 1) * Self.shift * box.height
      let moved = RelativeBox(
        x0: min(max(x, 0), 1 - box.width), y0: min(max(y, 0), 1 - box.height), width: box.width,
        height: box.height)
      let isNear =
        abs(moved.x0 - box.x0) < 0.2 * box.width && abs(moved.y0 - box.y0) < 0.2 * box.height
      return isNear ? nil : moved
    }
  }

  private func cues(of box: RelativeBox) -> (colour: Double, edges: Double)? {
    let inside = box.area(width: picture.width, height: picture.height)
    let outside = PixelArea(
      columns: widened(inside.columns, within: picture.width),
      rows: widened(inside.rows, within: picture.height))
    guard outside != inside else { return nil }
    let own = picture.region(inside)
    let around = picture.region(outside).subtracting(own)
    // An edge or two in a flat picture say little.
    let faint = 1.0 / 255
    return (
      own.colourDistance(to: around),
      (own.edgeDensity + faint) / (around.edgeDensity + faint)
    )
  }

  private func widened(_ side: Range<Int>, within limit: Int) -> Range<Int> {
    let margin = max(1, Int((Double(side.count) * Self.margin).rounded()))
    return max(0, side.lowerBound - margin)..<min(limit, side.upperBound + margin)
  }
}

/// What share of the boxes beside it a box outdoes.
struct ContrastRanks: Sendable {
  var colour: Double
  var edges: Double
}

/// A box whose edges are shares of its picture's width and height.
struct RelativeBox: Equatable {
  var x0: Double
  var y0: Double
  var width: Double
  var height: Double

  /// Its pixels in a picture, two a side at least where the picture has them.
  func area(width: Int, height: Int) -> PixelArea {
    PixelArea(
      columns: Self.pixels(x0, x0 + self.width, of: width),
      rows: Self.pixels(y0, y0 + self.height, of: height))
  }

  private static func pixels(_ start: Double, _ end: Double, of side: Int) -> Range<Int> {
    let least = min(2, side)
    let low = min(max(Int((start * Double(side)).rounded()), 0), side - least)
    let high = min(max(Int((end * Double(side)).rounded()), low + least), side)
    return low..<high
  }
}
