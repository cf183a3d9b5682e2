/// An accumulator that makes curves from the matches of one category: pycocotools' `accumulate`.
///
/// Precision is highest, and recall grows, only at true positives. So only detections that can
/// match something are examined at each threshold; for all others the number before suffices.
struct CategoryAccumulator {
  private let settings: EvaluationSettings
  /// The detections of each range of areas.
  private var ranges: [RangeOutcomes]
  /// The true positives at one threshold, by falling score: their places among the candidates, and
  /// the number of false positives before each.
  private var places: [Int] = []
  private var falsePositives: [Int] = []
  private var precisions: [Double] = []
  /// The true positive at which each recall is reached, in one range.
  private var reached: [Int] = []

  init(_ settings: EvaluationSettings) {
    self.settings = settings
    let empty = RangeOutcomes(limits: settings.maximumDetections.count)
    ranges = [RangeOutcomes](repeating: empty, count: settings.areaRanges.count)
  }

  /// Returns the results for a category, of which `positives` true objects count in each range of
  /// areas.
  mutating func accumulate(
    _ outcomes: some ScoredOutcomes, positives: [Int]
  ) -> CategoryOutcome {
    let operation = OperatingPoints(outcomes, positives: positives[0])
    return CategoryOutcome(
      curves: curves(outcomes, positives: positives), best: operation.best,
      calibration: operation.calibration, detections: outcomes.count)
  }

  /// Returns the curves alone.
  mutating func curves(_ outcomes: some ScoredOutcomes, positives: [Int]) -> CategoryCurves {
    var curves = CategoryCurves(settings)
    curves.positives = positives
    let highest = collect(outcomes)
    let limits = settings.maximumDetections.count
    for range in settings.areaRanges.indices where positives[range] > 0 {
      findReached(positives: positives[range], most: ranges[range].candidates.count)
      for limit in 0..<limits {
        let place = range * limits + limit
        if limit > 0, !ranges[range].hasMore(at: limit) {
          curves.repeatLimit(at: place, settings)
          continue
        }
        for threshold in settings.iouThresholds.indices {
          count(threshold, limit, range)
          readOff(
            positives: positives[range], highest: highest ?? 0, range,
            at: place * settings.iouThresholds.count + threshold, into: &curves)
        }
      }
    }
    return curves
  }

  /// Finds the candidates of all ranges of areas; returns the score of the first detection, whether
  /// it counts or not.
  private mutating func collect(_ outcomes: some ScoredOutcomes) -> Double? {
    let limits = settings.maximumDetections
    let thresholds = ~UInt64(0) >> UInt64(64 - settings.iouThresholds.count)
    var highest: Double?
    ranges.withUnsafeMutableBufferPointer { ranges in
      for range in ranges.indices { ranges[range].removeAll() }
      outcomes.visit { entry, matches in
        highest = highest ?? entry.score
        var limit = 0
        while limit < limits.count, Int(entry.rank) >= limits[limit] { limit += 1 }
        if limit == limits.count { return }
        for range in ranges.indices {
          let isOutside = entry.outside >> UInt32(range) & 1 == 1
          if let matches {
            ranges[range].add(
              matches[range], isOutside: isOutside, thresholds, score: entry.score, limit)
          } else if !isOutside {
            ranges[range].pass(limit)
          }
        }
      }
    }
    return highest
  }

  /// Finds the true positive at which each recall is reached, if there are so many; `most` where
  /// none of as many reaches it.
  private mutating func findReached(positives: Int, most: Int) {
    reached.removeAll(keepingCapacity: true)
    var index = 0
    for recall in settings.recallThresholds {
      while index < most, Double(index + 1) / Double(positives) < recall { index += 1 }
      reached.append(index)
    }
  }

  /// Notes the true positives at one threshold, and the precision at each.
  private mutating func count(_ threshold: Int, _ limit: Int, _ range: Int) {
    let room = ranges[range].candidates.count + 1
    if places.count < room {
      places = [Int](repeating: 0, count: room)
      falsePositives = places
    }
    let found = places.withUnsafeMutableBufferPointer { places in
      falsePositives.withUnsafeMutableBufferPointer { falsePositives in
        ranges[range].count(threshold, limit, places, falsePositives)
      }
    }
    precisions.removeAll(keepingCapacity: true)
    for index in 0..<found {
      precisions.append(
        Double(index + 1)
          / (Double(falsePositives[index]) + Double(index + 1) + Double.ulpOfOne))
    }
    for index in precisions.indices.dropFirst().reversed()
    where precisions[index] > precisions[index - 1] {
      precisions[index - 1] = precisions[index]
    }
  }

  /// Reads precision and score off at each recall.
  private func readOff(
    positives: Int, highest: Double, _ range: Int, at place: Int, into curves: inout CategoryCurves
  ) {
    curves.recall[place] = Double(precisions.count) / Double(positives)
    let recalls = settings.recallThresholds
    let first = place * recalls.count
    let candidates = ranges[range].candidates
    curves.precision.withUnsafeMutableBufferPointer { precision in
      curves.scores.withUnsafeMutableBufferPointer { scores in
        for (offset, index) in reached.enumerated() {
          let isReached = index < precisions.count
          precision[first + offset] = isReached ? precisions[index] : 0
          scores[first + offset] = isReached ? candidates[places[index]].score : 0
          // A recall of nothing is reached by the very first detection, whatever that is.
          if recalls[offset] <= 0 { scores[first + offset] = highest }
        }
      }
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
