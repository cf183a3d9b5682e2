/// Sums in the order of NumPy's `sum` and `mean`, which the last bit depends on.
enum PairwiseSum {
  private static let block = 128

  static func sum(_ values: UnsafeBufferPointer<Double>) -> Double {
    guard values.count >= 8 else { return values.reduce(0, +) }
    guard values.count > block else { return blockSum(values) }
    let half = values.count / 2 / 8 * 8
    return sum(UnsafeBufferPointer(rebasing: values[..<half]))
      + sum(UnsafeBufferPointer(rebasing: values[half...]))
  }

  /// Returns the mean; −1 if there are no values.
  static func mean(_ values: [Double]) -> Double {
    values.isEmpty ? -1 : values.withUnsafeBufferPointer(sum) / Double(values.count)
  }

  private static func blockSum(_ values: UnsafeBufferPointer<Double>) -> Double {
    var partial = SIMD8<Double>.zero
    for lane in 0..<8 { partial[lane] = values[lane] }
    var index = 8
    while index + 8 <= values.count {
      for lane in 0..<8 { partial[lane] += values[index + lane] }
      index += 8
    }
    var sum = ((partial[0] + partial[1]) + (partial[2] + partial[3]))
    sum += ((partial[4] + partial[5]) + (partial[6] + partial[7]))
    while index < values.count {
      sum += values[index]
      index += 1
    }
    return sum
  }
}
