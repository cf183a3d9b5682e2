/// The figures of a detector of which only detections from a score on are used.
public struct OperatingPoint: Sendable, Equatable {
  /// The lowest score of the detections that are used.
  public var score: Double
  /// The share of these detections that are right, 0 … 1.
  public var precision: Double
  /// The share of the objects that they find, 0 … 1.
  public var recall: Double
  /// The harmonic mean of precision and recall.
  public var f1: Double
}

/// The operating points of one category, by falling score, at the first IoU threshold, the first
/// range of areas and the highest limit of detections.
struct OperatingPoints {
  /// The point of the highest F1, and of the highest score among equal ones; nil if nothing is
  /// found.
  private(set) var best: OperatingPoint?
  private(set) var calibration = CalibrationBins()

  init(_ outcomes: some ScoredOutcomes, positives: Int) {
    var truePositives = 0
    var taken = 0
    var score: Double?
    outcomes.visit { entry, matches in
      let match = matches?[0] ?? .init()
      let isMatched = match.matched & 1 == 1
      guard match.ignored & 1 == 0, isMatched || entry.outside & 1 == 0 else { return }
      // Detections of one score are taken together or not at all.
      if let score, score != entry.score {
        consider(score, truePositives, of: taken, positives: positives)
      }
      score = entry.score
      taken += 1
      if isMatched { truePositives += 1 }
      calibration.add(score: entry.score, isTrue: isMatched)
    }
    if let score { consider(score, truePositives, of: taken, positives: positives) }
  }

  private mutating func consider(
    _ score: Double, _ truePositives: Int, of taken: Int, positives: Int
  ) {
    guard truePositives > 0, positives > 0 else { return }
    let f1 = 2 * Double(truePositives) / Double(taken + positives)
    guard f1 > best?.f1 ?? 0 else { return }
    best = OperatingPoint(
      score: score, precision: Double(truePositives) / Double(taken),
      recall: Double(truePositives) / Double(positives), f1: f1)
  }
}
