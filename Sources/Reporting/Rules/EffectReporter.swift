import COCO

/// What a consumer does to records of one kind.
public struct EffectDescription: Sendable, Equatable {
  /// As it is told: `crashes`, `drops`, `misreads`, `ignores`.
  public var consequence: String
  /// How many records it concerns.
  public var count: Int
  /// What happens, as read after the count.
  public var summary: String
  /// The ids of the rules that explain it.
  public var rules: [String]

  public init(_ consequence: String, count: Int, summary: String, rules: [String]) {
    self.consequence = consequence
    self.count = count
    self.summary = summary
    self.rules = rules
  }
}

/// What a consumer makes of a dataset, for people.
public struct EffectReporter: Sendable {
  public init() {}

  /// A row for each effect that concerns any record, with a line end at its end.
  ///
  /// - Parameter doubts: why more than the effects may be wrong, as in `2 errors were found in it`.
  public func text(
    _ consumer: String, _ summary: String, _ effects: [EffectDescription], doubts: [String] = []
  ) -> String {
    let heading = "\(consumer) (\(summary))"
    if effects.isEmpty, doubts.isEmpty { return "\(heading): takes all of it as it is meant\n" }
    if effects.isEmpty {
      return "\(heading): loads all of it, but \(doubts.joined(separator: ", and "))\n"
    }
    var table = TextTable([.left, .right, .left, .left])
    for effect in effects {
      table.add(
        effect.consequence, effect.count.grouped, effect.summary,
        "[\(effect.rules.joined(separator: ", "))]")
    }
    return "\(heading)\n\(table.text)"
  }
}
