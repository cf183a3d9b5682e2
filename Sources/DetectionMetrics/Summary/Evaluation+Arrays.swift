extension Evaluation {
  /// The shape of `precision` and `scores`: [T, R, K, A, M].
  package var shape: [Int] {
    [
      settings.iouThresholds.count, settings.recallThresholds.count, categories.count,
      settings.areaRanges.count, settings.maximumDetections.count,
    ]
  }

  /// Writes `precision` to memory that has room for it.
  package func writePrecision(to room: UnsafeMutablePointer<Double>) {
    write(outcomes.map(\.curves.precision), to: room)
  }

  /// Writes `scores` to memory that has room for them.
  package func writeScores(to room: UnsafeMutablePointer<Double>) {
    write(outcomes.map(\.curves.scores), to: room)
  }

  private func write(_ curves: [[Double]], to room: UnsafeMutablePointer<Double>) {
    let recalls = settings.recallThresholds.count
    let thresholds = settings.iouThresholds.count
    let places = settings.areaRanges.count * settings.maximumDetections.count
    for (category, values) in curves.enumerated() {
      values.withUnsafeBufferPointer { values in
        // The places of one recall lie side by side where they are written to.
        var target = room + category * places
        for threshold in 0..<thresholds {
          for recall in 0..<recalls {
            var source = threshold * recalls + recall
            for place in 0..<places {
              target[place] = values[source]
              source += thresholds * recalls
            }
            target += curves.count * places
          }
        }
      }
    }
  }
}
