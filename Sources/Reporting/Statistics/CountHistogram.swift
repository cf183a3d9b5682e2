/// How often each whole number from 0 on was met, as of objects on an image.
public struct CountHistogram: Sendable, Equatable {
  /// A number or a range of numbers with how often it was met.
  public struct Bin: Sendable, Equatable {
    public var range: ClosedRange<Int>
    public var count: Int
  }

  /// Only numbers that were met, ascending; each bin is one number.
  public private(set) var bins: [Bin]

  init(_ frequencies: [Int: Int]) {
    bins = frequencies.sorted { $0.key < $1.key }.map {
      Bin(range: $0.key...$0.key, count: $0.value)
    }
  }

  /// How many numbers were counted.
  public var count: Int { bins.reduce(0) { $0 + $1.count } }
  public var minimum: Int? { bins.first?.range.lowerBound }
  public var maximum: Int? { bins.last?.range.lowerBound }

  public var mean: Double? {
    guard count > 0 else { return nil }
    return Double(bins.reduce(0) { $0 + $1.range.lowerBound * $1.count }) / Double(count)
  }

  /// Between the two middle numbers where there are two.
  public var median: Double? {
    guard count > 0 else { return nil }
    return Double(number(at: (count - 1) / 2) + number(at: count / 2)) / 2
  }

  /// The number that sorting would put at `rank`.
  private func number(at rank: Int) -> Int {
    var passed = 0
    for bin in bins {
      passed += bin.count
      if passed > rank { return bin.range.lowerBound }
    }
    return 0
  }

  /// Bins for showing, from the smallest number met to the largest without gaps: one a number
  /// where that makes at most `limit`, else ranges that widen, as counts of objects spread.
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

  /// 1, 2, 3, 4, 5, 6, 8, 11, 16, 21, 31, 51, 81, 101, 151 … up to `maximum`.
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
