/// An accumulator that makes curves from the matches of one category: pycocotools' `accumulate`.
///
/// Precision is highest, and recall grows, only at true positives. So only detections that can
/// match something are examined at each threshold; for all others the number before suffices.
struct CategoryAccumulator {
  /// A detection that can match something, among those by falling score.
  private struct Candidate {
    var match: MatchOutcomes.Match
    var score: Double
    var isOutside: Bool
    /// The first limit to the number of detections that lets it through.
    var firstLimit: Int
  }

  private let settings: EvaluationSettings
  private var candidates: [Candidate] = []
  /// The false positives before each candidate that can match nothing, [candidates, M].
  private var falseBefore: [Int] = []
  /// The precision at each true positive at one threshold, by falling score.
  private var precisions: [Double] = []
  private var scores: [Double] = []

  init(_ settings: EvaluationSettings) {
    self.settings = settings
  }

  /// Returns the curves of a category, of which `positives` true objects count in each range of
  /// areas.
  mutating func accumulate(
    _ outcomes: some ScoredOutcomes, positives: [Int]
  ) -> CategoryOutcome {
    var curves = CategoryCurves(settings)
    curves.positives = positives
    let operation = OperatingPoints(outcomes, positives: positives[0])
    for range in settings.areaRanges.indices where positives[range] > 0 {
      collect(outcomes, range)
      for limit in settings.maximumDetections.indices {
        for threshold in settings.iouThresholds.indices {
          count(threshold, limit)
          let place =
            (range * settings.maximumDetections.count + limit)
            * settings.iouThresholds.count + threshold
          curves.recall[place] = Double(precisions.count) / Double(positives[range])
          readOff(
            positives: positives[range], highest: operation.highest, at: place, into: &curves)
        }
      }
    }
    return CategoryOutcome(
      curves: curves, best: operation.best, calibration: operation.calibration,
      detections: outcomes.count)
  }

  /// Finds the candidates of one range of areas.
  private mutating func collect(_ outcomes: some ScoredOutcomes, _ range: Int) {
    let limits = settings.maximumDetections
    candidates.removeAll(keepingCapacity: true)
    falseBefore.removeAll(keepingCapacity: true)
    var passed = [Int](repeating: 0, count: limits.count)
    outcomes.visit { entry, matches in
      let isOutside = entry.outside >> UInt32(range) & 1 == 1
      if matches == nil, isOutside { return }
      var limit = 0
      while limit < limits.count, Int(entry.rank) >= limits[limit] { limit += 1 }
      if limit == limits.count { return }
      guard let match = matches?[range] else {
        passed[limit] += 1
        return
      }
      // Neither right nor wrong at any threshold, as most are in a range that is not theirs.
      if isOutside, match.matched & ~match.ignored == 0 { return }
      candidates.append(
        Candidate(match: match, score: entry.score, isOutside: isOutside, firstLimit: limit))
      var sum = 0
      for count in passed {
        sum += count
        falseBefore.append(sum)
      }
    }
  }

  /// Notes precision and score at each true positive.
  private mutating func count(_ threshold: Int, _ limit: Int) {
    let bit: UInt64 = 1 << UInt64(threshold)
    let limits = settings.maximumDetections.count
    precisions.removeAll(keepingCapacity: true)
    scores.removeAll(keepingCapacity: true)
    var truePositives = 0
    var falsePositives = 0
    // Copies, since the results are written to while these are looked through.
    let (candidates, falseBefore) = (candidates, falseBefore)
    candidates.withUnsafeBufferPointer { candidates in
      for (index, candidate) in candidates.enumerated() where candidate.firstLimit <= limit {
        if candidate.match.ignored & bit != 0 { continue }
        if candidate.match.matched & bit == 0 {
          if !candidate.isOutside { falsePositives += 1 }
          continue
        }
        truePositives += 1
        let passed = falsePositives + falseBefore[index * limits + limit]
        precisions.append(
          Double(truePositives) / (Double(passed) + Double(truePositives) + Double.ulpOfOne))
        scores.append(candidate.score)
      }
    }
  }

  /// Reads precision and score off at each recall.
  private mutating func readOff(
    positives: Int, highest: Double?, at place: Int, into curves: inout CategoryCurves
  ) {
    for index in precisions.indices.dropFirst().reversed()
    where precisions[index] > precisions[index - 1] {
      precisions[index - 1] = precisions[index]
    }
    let recalls = settings.recallThresholds
    let first = place * recalls.count
    var index = 0
    for (offset, recall) in recalls.enumerated() {
      while index < precisions.count, Double(index + 1) / Double(positives) < recall {
        index += 1
      }
      let isReached = index < precisions.count
      curves.precision[first + offset] = isReached ? precisions[index] : 0
      curves.scores[first + offset] = isReached ? scores[index] : 0
      // A recall of nothing is reached by the very first detection, whatever that is.
      if recall <= 0 { curves.scores[first + offset] = highest ?? 0 }
    }
  }
}

/// The results for one category.
struct CategoryOutcome: Sendable {
  var curves: CategoryCurves
  var best: OperatingPoint?
  var calibration: CalibrationBins
  /// The number of detections considered.
  var detections: Int
}
