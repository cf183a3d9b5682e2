/// The frequency of each whole number from 0 on, for example of objects on an image.
public struct CountHistogram: Sendable, Equatable {
  /// A number or a range of numbers with its frequency.
  public struct Bin: Sendable, Equatable {
    /// The numbers of the bin.
    public var range: ClosedRange<Int>
    /// The frequency of these numbers.
    public var count: Int
  }

  /// The numbers that occurred, ascending, one in each bin.
  public private(set) var bins: [Bin]

  init(_ frequencies: [Int: Int]) {
    bins = frequencies.sorted { $0.key < $1.key }.map {
      Bin(range: $0.key...$0.key, count: $0.value)
    }
  }

  /// The number of counted numbers.
  public var count: Int { bins.reduce(0) { $0 + $1.count } }
  /// The smallest number that occurred; nil if nothing was counted.
  public var minimum: Int? { bins.first?.range.lowerBound }
  /// The largest number that occurred; nil if nothing was counted.
  public var maximum: Int? { bins.last?.range.lowerBound }

  /// The mean of the numbers; nil if nothing was counted.
  public var mean: Double? {
    guard count > 0 else { return nil }
    return Double(bins.reduce(0) { $0 + $1.range.lowerBound * $1.count }) / Double(count)
  }

  /// The median, which lies between the two middle numbers if there are two; nil if nothing was
  /// counted.
  public var median: Double? {
    guard count > 0 else { return nil }
    return Double(number(at: (count - 1) / 2) + number(at: count / 2)) / 2
  }

  /// Returns the number at `rank` in sorted order.
  private func number(at rank: Int) -> Int {
    var passed = 0
    for bin in bins {
      passed += bin.count
      if passed > rank { return bin.range.lowerBound }
    }
    return 0
  }

  /// Returns bins for display, from the smallest number that occurred to the largest without gaps:
  /// one for each number if these are at most `limit`, or else ranges that widen, as counts of
  /// objects spread.
  func shownBins(limit: Int) -> [Bin] {
    guard let minimum, let maximum else { return [] }
    var shown: [Bin] = []
    if maximum - minimum < limit {
      shown = (minimum...maximum).map { Bin(range: $0...$0, count: 0) }
    } else {
      var low = 0
      for next in Self.starts(upTo: maximum) + [maximum + 1] where next > low {
        if next > minimum { shown.append(Bin(range: low...(next - 1), count: 0)) }
        low = next
      }
    }
    var index = 0
    for bin in bins {
      while shown[index].range.upperBound < bin.range.lowerBound { index += 1 }
      shown[index].count += bin.count
    }
    return shown
  }

  /// Returns the starts of the ranges: 1, 2, 3, 4, 5, 6, 8, 11, 16, 21, 31, 51, 81, 101, 151 … up
  /// to `maximum`.
  private static func starts(upTo maximum: Int) -> [Int] {
    var starts = [1, 2, 3, 4, 5, 6, 8]
    var decade = 10
    while decade <= maximum {
      starts += [10, 15, 20, 30, 50].map { $0 * decade / 10 + 1 }
      decade *= 10
    }
    return starts.filter { $0 <= maximum }
  }
}
