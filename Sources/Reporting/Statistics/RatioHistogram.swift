import COCO
internal import Glibc

/// A histogram of the ratio of width to height of boxes, in half octaves around 1:1.
public struct RatioHistogram: Sendable, Equatable {
  /// The number of bins on either side of 1:1; ratios farther out are counted in the last ones.
  static let reach = 8

  /// The number of boxes in each bin, from 1:16 to 16:1.
  public private(set) var counts = [Int](repeating: 0, count: 2 * reach + 1)

  /// The number of boxes in all bins.
  public var count: Int { counts.reduce(0, +) }

  /// Returns the ratio at which bin `index` begins and ends; nil if it is open there.
  public func edges(of index: Int) -> (from: Double?, to: Double?) {
    let step = Double(index - Self.reach)
    return (
      from: index == 0 ? nil : exp2((step - 0.5) / 2),
      to: index == counts.count - 1 ? nil : exp2((step + 0.5) / 2)
    )
  }

  /// Returns the ratio in the middle of bin `index`, as `1:2` or `1.4:1`.
  func label(of index: Int) -> String {
    let step = index - Self.reach
    let ratio = exp2(Double(abs(step)) / 2)
    let side = abs(step) % 2 == 0 || ratio > 10 ? ratio.fixed(0) : ratio.fixed(1)
    return step < 0 ? "1:\(side)" : "\(side):1"
  }

  /// The bins from the first to the last that is not empty.
  var usedBins: Range<Int> {
    guard let first = counts.firstIndex(where: { $0 > 0 }),
      let last = counts.lastIndex(where: { $0 > 0 })
    else { return 0..<0 }
    return first..<(last + 1)
  }

  /// Adds a ratio above 0.
  mutating func add(_ ratio: Double) {
    let step = (2 * log2(ratio)).rounded()
    let reach = Double(Self.reach)
    counts[Int(min(max(step, -reach), reach)) + Self.reach] += 1
  }

  static func += (left: inout RatioHistogram, right: RatioHistogram) {
    for index in left.counts.indices { left.counts[index] += right.counts[index] }
  }
}
