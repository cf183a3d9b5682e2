import COCO

/// The detections of one category by falling score, those of equal scores in the order of their
/// images, and those of one image in the order of their ranks. They can be visited repeatedly.
protocol ScoredOutcomes {
  var count: Int { get }

  /// Calls `body` with each detection and its match in each range of areas, nil if it can match
  /// nothing.
  func visit(
    _ body: (MatchOutcomes.Entry, UnsafePointer<MatchOutcomes.Match>?) throws -> Void
  ) rethrows
}

/// The outcomes of many images, category by category.
struct OutcomeTable: Sendable {
  let categories: Int
  /// A, the ranges of areas.
  private let ranges: Int
  /// The entries, category after category, each in the order of the images.
  private let entries: [MatchOutcomes.Entry]
  /// The start of each category among the entries, and the end of the last one.
  private let starts: [Int]
  private let matches: [MatchOutcomes.Match]
  /// The number of true objects that count, [K][A].
  let positives: [[Int]]

  /// Creates the table of `batches`, which are in the order of their images.
  init(_ batches: [MatchOutcomes], categories: Int, _ settings: EvaluationSettings) {
    self.categories = categories
    ranges = settings.areaRanges.count
    (entries, starts) = Self.grouped(batches, categories, ranges)
    matches = batches.flatMap(\.matches)
    positives = Self.positives(batches, categories, ranges)
  }

  /// Calls `body` with the detections of a category, sorted by `sorter`.
  func withCategory<Result>(
    _ category: Int, sortedBy sorter: inout ScoreOrder, _ body: (SortedOutcomes) throws -> Result
  ) rethrows -> Result {
    let range = starts[category]..<starts[category + 1]
    return try entries.withUnsafeBufferPointer { all in
      try matches.withUnsafeBufferPointer { matches in
        let entries = UnsafeBufferPointer(rebasing: all[range])
        let order = sorter.order(entries.count) { entries[$0].score }
        return try body(
          SortedOutcomes(
            first: range.lowerBound, entries: entries, order: order, matches: matches,
            ranges: ranges))
      }
    }
  }

  private static func grouped(
    _ batches: [MatchOutcomes], _ categories: Int, _ ranges: Int
  ) -> (entries: [MatchOutcomes.Entry], starts: [Int]) {
    let starts = starts(batches, categories)
    let total = starts[categories]
    var places = starts
    let entries = [MatchOutcomes.Entry](unsafeUninitializedCapacity: total) { buffer, filled in
      var firstMatch: Int32 = 0
      for batch in batches {
        for var entry in batch.entries {
          if entry.match >= 0 { entry.match += firstMatch }
          let category = Int(entry.category)
          buffer.initializeElement(at: places[category], to: entry)
          places[category] += 1
        }
        firstMatch += Int32(batch.matches.count / ranges)
      }
      filled = total
    }
    return (entries, starts)
  }

  private static func starts(_ batches: [MatchOutcomes], _ categories: Int) -> [Int] {
    var starts = [Int](repeating: 0, count: categories + 1)
    for batch in batches {
      for entry in batch.entries { starts[Int(entry.category) + 1] += 1 }
    }
    for category in 0..<categories { starts[category + 1] += starts[category] }
    return starts
  }

  /// Returns for each entry of the table the number of its image, in the order of the images.
  static func images(_ batches: [MatchOutcomes], categories: Int) -> [UInt32] {
    var places = starts(batches, categories)
    var images = [UInt32](repeating: 0, count: places[categories])
    var number: UInt32 = 0
    for batch in batches {
      var first = 0
      for image in batch.images {
        for entry in batch.entries[first..<image.end] {
          images[places[Int(entry.category)]] = number
          places[Int(entry.category)] += 1
        }
        first = image.end
        number += 1
      }
    }
    return images
  }

  private static func positives(
    _ batches: [MatchOutcomes], _ categories: Int, _ ranges: Int
  ) -> [[Int]] {
    var positives = [[Int]](repeating: [Int](repeating: 0, count: ranges), count: categories)
    for batch in batches {
      for truth in batch.truths {
        for range in 0..<ranges where truth.ignored >> UInt32(range) & 1 == 0 {
          positives[Int(truth.category)][range] += 1
        }
      }
    }
    return positives
  }
}

/// The detections of a category in memory, with the order of their scores.
struct SortedOutcomes: ScoredOutcomes {
  /// The start of the category in its table.
  let first: Int
  fileprivate let entries: UnsafeBufferPointer<MatchOutcomes.Entry>
  let order: [UInt32]
  fileprivate let matches: UnsafeBufferPointer<MatchOutcomes.Match>
  fileprivate let ranges: Int

  var count: Int { entries.count }

  @inline(__always)
  func visit(
    _ body: (MatchOutcomes.Entry, UnsafePointer<MatchOutcomes.Match>?) throws -> Void
  ) rethrows {
    for index in order {
      let entry = entries[Int(index)]
      try body(
        entry, entry.match < 0 ? nil : matches.baseAddress.map { $0 + Int(entry.match) * ranges })
    }
  }
}
