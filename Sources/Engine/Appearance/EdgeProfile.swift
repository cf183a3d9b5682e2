import Glibc

/// How many more edges there are just inside of a box than just outside, and the same of boxes about the
/// same centre with other sides. Objects have more edges than what is around them, so the drop is
/// greatest where the box is as large as its object.
struct EdgeProfile: Sendable {
  /// The sides whose drops are measured, in sides of the box.
  static let scales = [0.5, 0.7, 1, 1.4, 2]
  static let own = 2
  /// Those, and one smaller and one larger for what is inside of the least and outside of the greatest.
  private static let marks = [0.35, 0.5, 0.7, 1, 1.4, 2, 2.8]
  /// The share of what is around that must be in the picture.
  private static let leastSeen = 0.5

  /// By scale the logarithm of the ratio; nil where too little is in the picture.
  let drops: [Double?]

  init(of box: RelativeBox, in picture: PictureChannels) {
    let whole = Self.marks.map { scale -> (edges: Double, pixels: Double) in
      let scaled = box.scaled(by: scale)
      let cell = picture.cells(columns: [scaled.x0, scaled.x1], rows: [scaled.y0, scaled.y1])
      let edges = (PictureChannels.colours..<PictureChannels.count).reduce(0) {
        $0 + cell.sum($1, columns: 0..<1, rows: 0..<1)
      }
      return (edges, cell.area(columns: 0..<1, rows: 0..<1))
    }
    let sides = picture.sides
    let area = box.width * sides.width * box.height * sides.height
    drops = Self.scales.indices.map { place in
      let inside = (
        whole[place + 1].edges - whole[place].edges, whole[place + 1].pixels - whole[place].pixels
      )
      let around = (
        whole[place + 2].edges - whole[place + 1].edges,
        whole[place + 2].pixels - whole[place + 1].pixels
      )
      let (outer, inner) = (Self.marks[place + 2], Self.marks[place + 1])
      let full = area * (outer * outer - inner * inner)
      guard inside.1 >= 1, around.1 >= 1, around.1 >= Self.leastSeen * full else { return nil }
      return log((inside.0 / inside.1 + 0.1) / (around.0 / around.1 + 0.1))
    }
  }
}
