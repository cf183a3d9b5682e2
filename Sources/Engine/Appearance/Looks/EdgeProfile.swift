import Glibc
import Torch

/// The excess of edges just inside a box over those just outside, for the box itself and for boxes
/// of other sides about the same centre. Objects have more edges than their surroundings, so the
/// drop is greatest if the box is as large as its object.
struct EdgeProfile: Sendable {
  /// The sides whose drops are measured, in sides of the box.
  static let scales = [0.5, 0.7, 1, 1.4, 2]
  static let own = 2
  /// The scales with a smaller and a larger one, to measure inside the least and outside the
  /// greatest.
  private static let marks = [0.35] + scales + [2.8]
  /// The least share of the surroundings that must lie in the image.
  private static let leastSeen = 0.5

  /// The logarithm of the ratio by scale; nil if too little lies in the image.
  let drops: [Double?]

  /// Returns the profile of each box.
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

  /// Creates a profile from sums.
  ///
  /// - Parameters:
  ///   - edges: The sums of edges between neighbouring marks.
  ///   - areas: The pixels of the image between these marks.
  ///   - area: The pixels of the box.
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
