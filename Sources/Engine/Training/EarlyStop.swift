/// Ends training when a score has not risen for some time.
public struct EarlyStop: Sendable, Codable, Equatable {
  /// How many scores may pass without a better one.
  public var patience: Int
  /// By how much a better score must be better.
  public var leastGain: Double
  public private(set) var best: Double?
  /// How many scores came since the best one.
  public private(set) var sinceBest = 0

  public init(patience: Int, leastGain: Double = 0) {
    self.patience = patience
    self.leastGain = leastGain
  }

  /// Takes the next score; tells whether it is the best so far. NaN never is.
  public mutating func add(_ score: Double) -> Bool {
    if score.isFinite, best.map({ score > $0 + leastGain }) ?? true {
      best = score
      sinceBest = 0
      return true
    }
    sinceBest += 1
    return false
  }

  public var isOver: Bool { sinceBest > patience }
}
