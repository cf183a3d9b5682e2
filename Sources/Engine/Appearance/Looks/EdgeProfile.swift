import Glibc
import Torch

/// How many more edges there are just inside of a box than just outside, and the same of boxes about the
/// same centre with other sides. Objects have more edges than what is around them, so the drop is
/// greatest where the box is as large as its object.
struct EdgeProfile: Sendable {
  /// The sides whose drops are measured, in sides of the box.
  static let scales = [0.5, 0.7, 1, 1.4, 2]
  static let own = 2
  /// Those, and one smaller and one larger for what is inside of the least and outside of the greatest.
  private static let marks = [0.35] + scales + [2.8]
  /// The share of what is around that must be in the picture.
  private static let leastSeen = 0.5

  /// By scale the logarithm of the ratio; nil where too little is in the picture.
  let drops: [Double?]

  /// The profile of each box.
  static func profiles(of boxes: [RelativeBox], in picture: PictureChannels) -> [EdgeProfile] {
    guard !boxes.isEmpty else { return [] }
    let scaled = marks.flatMap { scale in boxes.map { $0.scaled(by: scale) } }.tensor
    func sides(_ low: Int, _ high: Int) -> Tensor {
      .stack([scaled.select(dim: 1, low), scaled.select(dim: 1, high)], dim: 1)
    }
    let cells = picture.cells(columns: sides(0, 2), rows: sides(1, 3))
    let edges = cells.sums.slice(dim: 3, from: PictureChannels.changes.lowerBound)
      .sum(dims: [1, 2, 3]).reshaped([marks.count, boxes.count])
    let areas = cells.areas.flattened().reshaped([marks.count, boxes.count])
    let shells = [edges, areas].map { whole -> [[Double]] in
      let shells = whole.slice(dim: 0, from: 1) - whole.slice(dim: 0, to: marks.count - 1)
      let values: [Double] = shells.contiguous().scalars()
      return (0..<(marks.count - 1)).map { shell in
        Array(values[(shell * boxes.count)..<((shell + 1) * boxes.count)])
      }
    }
    let picture = picture.sides
    return boxes.indices.map { box in
      let area = boxes[box].width * picture.width * boxes[box].height * picture.height
      return EdgeProfile(edges: shells[0].map { $0[box] }, areas: shells[1].map { $0[box] }, area)
    }
  }

  /// - Parameters:
  ///   - edges: their sums between neighbouring marks.
  ///   - areas: the pixels between them that are in the picture.
  ///   - area: the pixels of the box.
  private init(edges: [Double], areas: [Double], _ area: Double) {
    drops = Self.scales.indices.map { inside in
      let around = inside + 1
      let full =
        area
        * (Self.marks[around + 1] * Self.marks[around + 1]
          - Self.marks[around] * Self.marks[around])
      guard areas[inside] >= 1, areas[around] >= max(1, Self.leastSeen * full) else { return nil }
      return log(
        (edges[inside] / areas[inside] + 0.1) / (edges[around] / areas[around] + 0.1))
    }
  }
}
