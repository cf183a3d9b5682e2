/// Ends training when a score has not risen for some time.
public struct EarlyStop: Sendable, Codable, Equatable {
  /// How many scores may pass without a better one.
  public var patience: Int
  /// How much higher a score must be to count as better.
  public var leastGain: Double
  public private(set) var best: Double?
  /// How many scores came since the best one.
  public private(set) var sinceBest = 0

  /// - Parameters:
  ///   - best: of the scores so far, where a training continues.
  ///   - sinceBest: how many scores came since.
  public init(
    patience: Int, leastGain: Double = 0, best: Double? = nil, sinceBest: Int = 0
  ) {
    self.patience = patience
    self.leastGain = leastGain
    self.best = best
    self.sinceBest = sinceBest
  }

  /// Takes the next score, and returns whether it is the best so far. NaN never is.
  public mutating func add(_ score: Double) -> Bool {
    if score.isFinite, best.map({ score > $0 + leastGain }) ?? true {
      best = score
      sinceBest = 0
      return true
    }
    sinceBest += 1
    return false
  }

  /// Whether more scores than the patience allows have passed without a better one.
  public var isOver: Bool { sinceBest > patience }
}
