/// The progress of a training among its evaluations.
struct TrainingProgress: Equatable {
  /// The number of steps made by the last evaluation.
  var evaluatedSteps = 0
  var best: Double?
  /// The steps after which AP was best.
  var bestSteps = 0
  /// The number of evaluations since the best one.
  var sinceBest = 0

  /// Returns whether a score is better than all before; NaN never is.
  func isBest(_ score: Double) -> Bool {
    score.isFinite && best.map { score > $0 } ?? true
  }

  /// Adds the score of the last evaluation.
  mutating func add(_ score: Double) {
    guard isBest(score) else {
      sinceBest += 1
      return
    }
    best = score
    bestSteps = evaluatedSteps
    sinceBest = 0
  }

  /// Returns whether more evaluations than patience allows have passed without a better score.
  func isOver(patience: Int?) -> Bool { patience.map { sinceBest > $0 } ?? false }
}
