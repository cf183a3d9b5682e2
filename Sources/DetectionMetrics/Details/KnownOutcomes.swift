import COCO

/// Matches that were made elsewhere, or were made here and returned: the content of pycocotools'
/// `evalImgs`.
package struct KnownOutcomes: Sendable {
  private var entries: [MatchOutcomes.Entry] = []
  private var matches: [MatchOutcomes.Match] = []
  private var truths: [MatchOutcomes.Truth] = []

  package init() {}

  /// Adds the next detection of a category, image after image and by falling score within one.
  ///
  /// - Parameters:
  ///   - matched: The thresholds at which it matches, as bits, for each range of areas.
  ///   - ignored: The thresholds at which it does not count, as bits, for each range of areas.
  package mutating func add(
    score: Double, category: Int, rank: Int, ranges: Int, matched: (Int) -> UInt64,
    ignored: (Int) -> UInt64
  ) {
    entries.append(
      .init(
        score: score, category: Int32(category), rank: Int32(rank), outside: 0,
        match: Int32(matches.count / ranges)))
    for range in 0..<ranges {
      matches.append(.init(matched: matched(range), ignored: ignored(range)))
    }
  }

  /// Adds this number of true objects of a category that count in one range of areas.
  package mutating func add(truths count: Int, category: Int, range: Int) {
    let truth = MatchOutcomes.Truth(category: Int32(category), ignored: ~(1 << UInt32(range)))
    truths += repeatElement(truth, count: count)
  }

  func outcomes(ranges: Int) -> MatchOutcomes {
    MatchOutcomes(
      images: [.init(id: 0, end: entries.count)], entries: entries, matches: matches,
      truths: truths)
  }
}
