/// The course of a smoke training's score, from which it follows whether more time would help.
///
/// It is judged by steps and not by seconds, so that a slow machine and a fast one give the same
/// answer, or none.
struct SmokeProgress {
  private struct Point {
    let steps: Int
    let duration: Duration
    let score: Double
  }

  /// The number of steps after which learnable sets were learnt: real sets took up to 250.
  private static let enoughSteps = 400
  /// The least gain of the score in the last third of the steps that counts as rising.
  private static let leastGain = 0.03
  private var points: [Point] = []

  mutating func add(steps: Int, duration: Duration, score: Double) {
    points.append(Point(steps: steps, duration: duration, score: score))
  }

  /// Whether more steps may lead to a higher score.
  var isOpen: Bool { hasFewSteps || gain > Self.leastGain }

  /// The reason why the answer is open.
  var reason: String {
    gain > Self.leastGain
      ? "and the score still rises"
      : "of \(Self.enoughSteps) that a verdict requires"
  }

  private var hasFewSteps: Bool { (points.last?.steps ?? 0) < Self.enoughSteps }

  /// The gain of the score in the last third of the steps.
  private var gain: Double {
    guard let last = points.last else { return 0 }
    let before = points.filter { $0.steps * 3 <= last.steps * 2 }.map(\.score).max() ?? 0
    return last.score - before
  }

  /// Returns the time in which the score is reached if it continues to rise, or in which enough
  /// steps are made; at least twice the time used, and at most ten times.
  func neededBudget(toReach score: Double) -> Duration {
    guard let last = points.last, last.steps > 0 else { return .seconds(120) }
    let perStep = last.duration / last.steps
    let forSteps = perStep * Self.enoughSteps
    let rising =
      gain > Self.leastGain
      ? last.duration * (1 + 0.5 * (score - last.score) / gain) : .zero
    return min(max(forSteps, rising, last.duration * 2), last.duration * 10)
  }
}
