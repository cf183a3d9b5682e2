public import COCO

/// The outcome of an evaluation: precision, recall and scores in pycocotools' shapes, and what
/// follows from them.
public struct Evaluation: Sendable {
  /// The settings as used, with thresholds and limits in ascending order.
  public let settings: EvaluationSettings
  /// The K categories by ascending id, each id once.
  public let categories: [COCO.Category]
  let outcomes: [CategoryOutcome]
  /// The number of images evaluated.
  public let images: Int
  /// The analysis of mistakes; nil if it was not requested.
  public let errors: ErrorAnalysis?
  /// The confusions between categories; nil if they were not requested.
  public let confusion: ConfusionMatrix?

  /// The precision, [T, R, K, A, M].
  public var precision: [Double] { flattened(\.precision) }
  /// The scores at which recalls are reached, [T, R, K, A, M].
  public var scores: [Double] { flattened(\.scores) }
  /// The recall, [T, K, A, M].
  public var recall: [Double] {
    var values: [Double] = []
    for threshold in settings.iouThresholds.indices {
      forEachPlace { category, range, limit in
        values.append(recall(threshold, category, range, limit))
      }
    }
    return values
  }

  /// Returns the number of true objects of a category that count in a range of areas.
  public func positives(category: Int, range: Int = 0) -> Int {
    outcomes[category].curves.positives[range]
  }

  /// Returns the number of detections of a category that were considered.
  public func detections(category: Int) -> Int { outcomes[category].detections }

  /// Returns the operating point of a category with the best F1 at the first IoU threshold; nil if
  /// nothing matches.
  public func bestOperatingPoint(category: Int) -> OperatingPoint? { outcomes[category].best }

  /// Returns the agreement of a category's scores with the share of its detections that are right.
  public func calibration(category: Int) -> CalibrationBins { outcomes[category].calibration }

  /// The calibration of all categories together.
  public var calibration: CalibrationBins {
    outcomes.reduce(into: CalibrationBins()) { $0.add($1.calibration) }
  }

  /// Returns the precisions of a category at a threshold, [R], in the first range of areas and with
  /// the most detections; −1 if there is nothing to find.
  public func precisions(category: Int, threshold: Int, range: Int = 0) -> ArraySlice<Double> {
    let first = place(threshold, range, limits - 1) * settings.recallThresholds.count
    let curves = outcomes[category].curves
    return curves.precision[first..<(first + settings.recallThresholds.count)]
  }

  var limits: Int { settings.maximumDetections.count }

  func recall(_ threshold: Int, _ category: Int, _ range: Int, _ limit: Int) -> Double {
    outcomes[category].curves.recall[place(threshold, range, limit)]
  }

  func precision(
    _ threshold: Int, _ recall: Int, _ category: Int, _ range: Int, _ limit: Int
  ) -> Double {
    let first = place(threshold, range, limit) * settings.recallThresholds.count
    return outcomes[category].curves.precision[first + recall]
  }

  func place(_ threshold: Int, _ range: Int, _ limit: Int) -> Int {
    (range * limits + limit) * settings.iouThresholds.count + threshold
  }

  private func flattened(_ array: KeyPath<CategoryCurves, [Double]>) -> [Double] {
    let recalls = settings.recallThresholds.count
    var values: [Double] = []
    for threshold in settings.iouThresholds.indices {
      for recall in 0..<recalls {
        forEachPlace { category, range, limit in
          let first = place(threshold, range, limit) * recalls
          values.append(outcomes[category].curves[keyPath: array][first + recall])
        }
      }
    }
    return values
  }

  private func forEachPlace(_ body: (Int, Int, Int) -> Void) {
    for category in categories.indices {
      for range in settings.areaRanges.indices {
        for limit in settings.maximumDetections.indices { body(category, range, limit) }
      }
    }
  }
}
