/// Precision, recall and scores of one category: the k-th slice of pycocotools' arrays.
struct CategoryCurves: Sendable, Equatable {
  /// [A, M, T, R]: the highest precision at or beyond each recall; −1 where there is nothing to
  /// find.
  var precision: [Double]
  /// [A, M, T, R]: the score at which the recall is reached, 0 where it is not.
  var scores: [Double]
  /// [A, M, T]
  var recall: [Double]
  /// [A]: the true objects that count.
  var positives: [Int]

  /// The curves of a category of which there is nothing to find.
  init(_ settings: EvaluationSettings) {
    let thresholds =
      settings.areaRanges.count * settings.maximumDetections.count
      * settings.iouThresholds.count
    precision = [Double](repeating: -1, count: thresholds * settings.recallThresholds.count)
    scores = precision
    recall = [Double](repeating: -1, count: thresholds)
    positives = [Int](repeating: 0, count: settings.areaRanges.count)
  }
}
