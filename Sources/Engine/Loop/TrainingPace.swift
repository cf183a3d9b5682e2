/// The speed of a training.
struct TrainingPace {
  private let start = ContinuousClock.now
  private let first: Int
  private let total: Int

  /// Measures from the steps that were made before to all that are to be made.
  init(from first: Int, to total: Int) {
    self.first = first
    self.total = total
  }

  /// Returns how long the rest will take at the pace so far.
  func left(after steps: Int) -> Duration {
    (ContinuousClock.now - start) * (Double(max(total - steps, 0)) / Double(max(steps - first, 1)))
  }
}
