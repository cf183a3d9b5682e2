import COCO
import Testing

@testable import Reporting

struct DistributionTests {
  /// A row of numbers that looks random and is the same each time.
  private static func scattered(_ count: Int, distinct: Int) -> [Double] {
    var state: UInt64 = 1
    return (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 33).truncatingRemainder(dividingBy: Double(distinct))
    }
  }

  @Test(arguments: [1, 2, 5, 33, 1000, 20_000], [1, 3, 1_000_000])
  func `selection finds what sorting would`(count: Int, distinct: Int) {
    for values in [
      Self.scattered(count, distinct: distinct), (0..<count).map(Double.init),
      (0..<count).map { Double(-abs($0 - count / 2)) },
    ] {
      let ranks = [0, count / 20, count / 4, count / 2, count - 1]
      var placed = values
      Selection.place(Array(Set(ranks)).sorted()[...], in: &placed)
      let sorted = values.sorted()
      #expect(ranks.map { placed[$0] } == ranks.map { sorted[$0] })
    }
  }

  /// numpy.percentile([1, 2, 3, 4, 10], [0, 5, 25, 50, 75, 95, 100]) of NumPy 1.26.
  @Test func `quantiles are num pys`() throws {
    let values = StoredNumbers()
    for value in [10.0, 1, 3, 2, 4] { values.append(value) }
    let quantiles = try #require(Quantiles(of: values))
    let expected = [1, 1.2, 2, 3, 4, 8.8, 10]
    for (found, expected) in zip(quantiles.shown, expected) {
      #expect(abs(found - expected) < 1e-12)
    }
    #expect(quantiles.mean == 4)
  }

  @Test func `quantiles of nothing are none`() {
    #expect(Quantiles(of: StoredNumbers()) == nil)
  }

  @Test(arguments: [1, 7, 100, 1 << 20])
  func `numbers in a file have the quantiles of numbers in memory`(most: Int) throws {
    let values: [Double] = (0..<500).map { number in
      let integer = number * 7919 % 503 - 250
      return Double(integer) * (number % 3 == 0 ? 1e-9 : 1.25e7)
    }
    let stored = StoredNumbers(most: most)
    let half = StoredNumbers(most: most)
    for value in values[..<200] { stored.append(value) }
    for value in values[200...] { half.append(value) }
    stored.append(half)
    var inOrder: [Double] = []
    stored.visit { inOrder.append($0) }
    #expect(inOrder == values)
    let sorted = values.sorted()
    let found = stored.numbers(at: Set(values.indices))
    for (rank, value) in sorted.enumerated() { #expect(found[rank] == value) }
  }

  @Test func `counts have median and mean`() {
    let histogram = CountHistogram([0: 1, 3: 2, 8: 1])
    #expect(histogram.median == 3)
    #expect(histogram.mean == 3.5)
    #expect(CountHistogram([1: 1, 2: 1]).median == 1.5)
  }

  @Test func `few counts are shown one by one`() {
    let bins = CountHistogram([2: 5, 4: 1]).shownBins(limit: 10)
    #expect(
      bins == [
        .init(range: 2...2, count: 5), .init(range: 3...3, count: 0), .init(range: 4...4, count: 1),
      ])
  }

  @Test(arguments: [17, 100, 101, 999, 54_321])
  func `many counts are shown in ranges without gaps`(maximum: Int) {
    let histogram = CountHistogram([0: 3, 9: 2, maximum: 1])
    let bins = histogram.shownBins(limit: 16)
    #expect(bins.first?.range == 0...0)
    #expect(bins.last?.range.upperBound == maximum)
    #expect(
      zip(bins, bins.dropFirst()).allSatisfy { $0.range.upperBound + 1 == $1.range.lowerBound })
    #expect(bins.reduce(0) { $0 + $1.count } == 6)
  }

  @Test(
    arguments: [
      (1.0, "1:1"), (1.18, "1:1"), (1.2, "1.4:1"), (2, "2:1"), (0.5, "1:2"), (0.25, "1:4"),
      (1000, "16:1"), (0.001, "1:16"), (.leastNonzeroMagnitude, "1:16"),
      (.greatestFiniteMagnitude, "16:1"), (.infinity, "16:1"),
    ] as [(Double, String)])
  func `ratios fall into half octaves`(ratio: Double, label: String) {
    var histogram = RatioHistogram()
    histogram.add(ratio)
    #expect(histogram.usedBins.map { histogram.label(of: $0) } == [label])
  }

  @Test(
    arguments: [(1.0, 23), (2.0, 23), (0.5, 21), (1.0 / 256, 0), (1e-9, 0), (0.0039, 0)]
      as [(Double, Int)])
  func `extents fall into thirds of octaves`(part: Double, cell: Int) {
    var grid = ExtentGrid()
    grid.add(width: part, height: 1)
    #expect(grid.counts.firstIndex(of: 1) == 23 * 24 + cell)
  }
}
