import COCO

/// The effect of a consumer on records of one kind.
public struct EffectDescription: Sendable, Equatable {
  /// The consequence as reported: `crashes`, `drops`, `misreads`, `ignores`.
  public var consequence: String
  /// The number of records concerned.
  public var count: Int
  /// The effect as a phrase to be read after the count.
  public var summary: String
  /// The ids of the rules that explain the effect.
  public var rules: [String]

  /// Creates a description.
  public init(_ consequence: String, count: Int, summary: String, rules: [String]) {
    self.consequence = consequence
    self.count = count
    self.summary = summary
    self.rules = rules
  }
}

/// A reporter of a consumer's effects on a dataset, for people.
public struct EffectReporter: Sendable {
  /// Creates a reporter.
  public init() {}

  /// Returns a row for each effect that concerns any record, ending with a newline.
  ///
  /// - Parameter doubts: The reasons why more than the effects may be wrong, for example `2 errors
  ///   were found in it`.
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
