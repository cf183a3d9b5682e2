/// A search for the nth smallest of many numbers without sorting them all.
public enum Selection {
  /// Puts into place the elements that sorting would put at `ranks`, which must ascend.
  public static func place(_ ranks: ArraySlice<Int>, in values: inout [Double]) {
    values.withUnsafeMutableBufferPointer { buffer in
      place(
        ranks, in: buffer[...], roundsLeft: 2 * (Int.bitWidth - buffer.count.leadingZeroBitCount))
    }
  }

  private static func place(
    _ ranks: ArraySlice<Int>, in values: Slice<UnsafeMutableBufferPointer<Double>>,
    roundsLeft: Int
  ) {
    guard !ranks.isEmpty, values.count > 1 else { return }
    var values = values
    // A bad run of pivots would make it quadratic.
    guard roundsLeft > 0, values.count > 32 else { return values.sort() }
    let (low, high) = partition(&values)
    let before = ranks.prefix { $0 < low }
    let after = ranks.drop { $0 < high }
    place(before, in: values[values.startIndex..<low], roundsLeft: roundsLeft - 1)
    place(after, in: values[high..<values.endIndex], roundsLeft: roundsLeft - 1)
  }

  /// Divides `values` into those before the first index, at most the pivot, and those from the
  /// second on, at least the pivot; those between equal it.
  private static func partition(
    _ values: inout Slice<UnsafeMutableBufferPointer<Double>>
  ) -> (Int, Int) {
    let pivot = median(
      values[values.startIndex], values[values.startIndex + values.count / 2],
      values[values.endIndex - 1])
    var left = values.startIndex
    var right = values.endIndex - 1
    while left <= right {
      while values[left] < pivot { left += 1 }
      while values[right] > pivot { right -= 1 }
      guard left <= right else { break }
      values.swapAt(left, right)
      left += 1
      right -= 1
    }
    return (right + 1, left)
  }

  private static func median(_ first: Double, _ second: Double, _ third: Double) -> Double {
    max(min(first, second), min(max(first, second), third))
  }
}
