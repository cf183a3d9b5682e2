/// How long and towards what a smoke training goes on.
public struct SmokeOptions: Sendable, Equatable {
  /// How many pictures are learnt.
  public var images = 8
  public var batchSize = 2
  /// The AP50 on those very pictures at which training ends, as they are learnt.
  public var target = 0.95
  /// The AP50 that counts as learnt when the budget ends: of crowded pictures the last objects take
  /// the longest.
  public var leastScore = 0.8
  /// What the training may take, evaluations included.
  public var budget: Duration = .seconds(120)
  /// The most steps; nil for as many as the budget allows.
  public var steps: Int?
  /// How many steps lie between two evaluations at least.
  public var stepsBetweenEvaluations = 20
  public var seed: UInt64 = 0
  public var training: TrainingOptions

  public init() {
    training = TrainingOptions()
    // Of AdamW.
    training.learningRate = 3e-4
    training.weightDecay = 0
    training.milestones = []
    training.greatestGradientNorm = 10
  }

  /// What the rate is multiplied with: 1 for the first half of what the training may take, then
  /// falling to a tenth, as the last objects are learnt by small steps.
  func rateFactor(steps: Int, after elapsed: Duration) -> Double {
    let done = max(elapsed / budget, Double(steps) / Double(self.steps ?? .max))
    return done.isFinite ? 1 - 0.9 * min(max(2 * done - 1, 0), 1) : 1
  }
}
