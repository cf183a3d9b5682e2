/// The time of a smoke training, by its budget.
struct SmokeTime {
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant
  private let budget: Duration
  /// The estimated duration of the first evaluation, in steps: the losses and detections of every
  /// image, without a backward pass.
  private let stepsOfEvaluation: Double
  private var step = Duration.zero
  private var evaluation: Duration?
  /// The duration of all evaluations.
  private(set) var evaluating = Duration.zero

  init(_ options: SmokeOptions, pictures: Int) {
    start = options.start ?? clock.now
    budget = options.budget
    stepsOfEvaluation = 0.8 * Double(pictures) / Double(options.batchSize)
  }

  var elapsed: Duration { clock.now - start }

  /// Whether the time does not suffice for one more step and the evaluation after it. The last
  /// evaluation may take longer than the one before it.
  var isOver: Bool {
    elapsed + step + (evaluation.map { $0 * 1.2 } ?? step * stepsOfEvaluation) >= budget
  }

  mutating func add(_ made: TrainingStep) {
    step = made.duration
  }

  nonisolated(nonsending) mutating func evaluate<Scores>(
    _ body: nonisolated(nonsending) () async throws -> Scores
  ) async rethrows -> Scores {
    let begin = clock.now
    let scores = try await body()
    evaluation = clock.now - begin
    evaluating += clock.now - begin
    return scores
  }
}
