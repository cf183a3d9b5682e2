/// The weights of a line's samples when it gets another length: a triangle over the samples around
/// each, as wide as the ratio of the lengths, in Pillow's fixed point (22 bits).
struct ResamplingWeights {
  /// The consecutive source samples of one target sample, and their weights.
  struct Window {
    let start: Int
    let factors: [Int]
  }

  private static let bits = 22
  /// One half, for sums that are rounded.
  static let half = 1 << (bits - 1)

  let sourceCount: Int
  /// One for each sample of the target.
  let windows: [Window]

  init(from sourceCount: Int, to targetCount: Int) {
    self.sourceCount = sourceCount
    let scale = Double(sourceCount) / Double(targetCount)
    // Making larger looks at the two neighbours.
    let support = max(scale, 1)
    let slope = 1 / support
    windows = (0..<targetCount).map { index in
      let center = (Double(index) + 0.5) * scale
      let start = max(Int(center - support + 0.5), 0)
      let end = min(Int(center + support + 0.5), sourceCount)
      let shares = (start..<end).map { sample in
        max(1 - abs((Double(sample) - center + 0.5) * slope), 0)
      }
      let sum = shares.reduce(0, +)
      return Window(start: start, factors: shares.map { Self.fixedPoint($0 / sum) })
    }
  }

  /// Returns a sum of samples times factors, which began with one half, as a sample.
  static func sample(_ sum: Int) -> UInt8 {
    UInt8(clamping: whole(sum))
  }

  /// Returns such a sum as a whole number.
  static func whole(_ sum: Int) -> Int { sum >> bits }

  private static func fixedPoint(_ share: Double) -> Int {
    Int(0.5 + share * Double(1 << bits))
  }
}
