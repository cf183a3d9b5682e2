package import Files

/// Memory of a caller's for precision, recall and scores in pycocotools' shapes.
package struct EvaluationArrays: Sendable {
  private nonisolated(unsafe) let precision: UnsafeMutablePointer<Double>
  private nonisolated(unsafe) let recall: UnsafeMutablePointer<Double>
  private nonisolated(unsafe) let scores: UnsafeMutablePointer<Double>

  /// Takes memory for precision and scores, [T, R, K, A, M], and recall, [T, K, A, M], which stays
  /// the caller's.
  package init(
    precision: UnsafeMutablePointer<Double>, recall: UnsafeMutablePointer<Double>,
    scores: UnsafeMutablePointer<Double>
  ) {
    self.precision = precision
    self.recall = recall
    self.scores = scores
  }

  /// Writes the curves of one of the K categories.
  func write(
    _ curves: CategoryCurves, category: Int, of categories: Int, _ settings: EvaluationSettings
  ) {
    let places = settings.areaRanges.count * settings.maximumDetections.count
    let thresholds = settings.iouThresholds.count
    let rows = thresholds * settings.recallThresholds.count
    let (first, step) = (category * places, categories * places)
    Self.write(curves.precision, rows, places, to: precision + first, step)
    Self.write(curves.scores, rows, places, to: scores + first, step)
    Self.write(curves.recall, thresholds, places, to: recall + first, step)
  }

  /// Writes [places, rows] as rows of places, each `step` after the one before.
  private static func write(
    _ values: [Double], _ rows: Int, _ places: Int, to first: UnsafeMutablePointer<Double>,
    _ step: Int
  ) {
    values.withUnsafeBufferPointer { values in
      var target = first
      for row in 0..<rows {
        var source = row
        for place in 0..<places {
          target[place] = values[source]
          source += rows
        }
        target += step
      }
    }
  }
}

extension Evaluator {
  /// The shape of precision and scores read at this number of recalls, [T, R, K, A, M].
  package func shape(recalls: Int) -> [Int] {
    [
      settings.iouThresholds.count, recalls, categories.categories.count,
      settings.areaRanges.count, settings.maximumDetections.count,
    ]
  }

  /// Writes precision and scores, read at these recalls, ascending, and recall to `arrays`, without
  /// what else an evaluation holds.
  package func write(
    _ arrays: EvaluationArrays, recallThresholds: [Double], tasks: OrderedTasks
  ) async {
    let (settings, table) = outcomes(recallThresholds: recallThresholds)
    await OutcomeAccumulator(table, settings).visitCurves(tasks) { category, curves in
      arrays.write(curves, category: category, of: table.categories, settings)
    }
  }
}
