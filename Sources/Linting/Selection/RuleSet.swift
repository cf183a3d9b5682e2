public import COCO
import Files

/// The rules that a user wants, with their options and severities.
public struct RuleSet: Sendable {
  /// By id.
  private var byID: [String: any Rule]
  private var severities: [String: Finding.Severity] = [:]

  /// All rules with their defaults.
  public init() {
    byID = Dictionary(uniqueKeysWithValues: Rules.all.map { ($0.id, $0.init()) })
  }

  /// The selected ones, in the order of their ids.
  public var rules: [any Rule] {
    Rules.all.compactMap { byID[$0.id] }
  }

  /// Whether a rule of this id is among them.
  public func contains(_ id: String) -> Bool { byID[id] != nil }

  /// Keeps the rules that one of `patterns` names: an id, or parts of one with `*` between.
  public mutating func select(_ patterns: [String]) throws(UnknownRule) {
    let chosen = try Self.ids(named: patterns)
    byID = byID.filter { chosen.contains($0.key) }
  }

  /// Drops the rules that one of `patterns` names.
  public mutating func ignore(_ patterns: [String]) throws(UnknownRule) {
    let dropped = try Self.ids(named: patterns)
    byID = byID.filter { !dropped.contains($0.key) }
  }

  /// Gives the rules that `pattern` names another severity.
  public mutating func setSeverity(
    _ severity: Finding.Severity, of pattern: String
  ) throws(UnknownRule) {
    for id in try Self.ids(named: [pattern]) { severities[id] = severity }
  }

  /// Puts `rule` in the place of the one of its type; where that was dropped, nothing happens.
  public mutating func configure<R: Rule>(_ rule: R) {
    if byID[R.id] != nil { byID[R.id] = rule }
  }

  /// The findings of selected rules, with the severities that the user gives them.
  public func applied(to findings: [Finding]) -> [Finding] {
    findings.compactMap { finding in
      guard contains(finding.rule) || !Self.knows(finding.rule) else { return nil }
      guard let severity = severities[finding.rule] else { return finding }
      var changed = finding
      changed.severity = severity
      return changed
    }
  }

  private static func knows(_ id: String) -> Bool { Rules.all.contains { $0.id == id } }

  private static func ids(named patterns: [String]) throws(UnknownRule) -> Set<String> {
    var ids: Set<String> = []
    for pattern in patterns {
      let found = Rules.all.lazy.map { $0.id }.filter { matches(pattern, $0) }
      if found.isEmpty { throw UnknownRule(pattern) }
      ids.formUnion(found)
    }
    return ids
  }

  /// Whether `id` is `pattern` with something, or nothing, for every `*`.
  private static func matches(_ pattern: String, _ id: String) -> Bool {
    let parts = pattern.split(separator: "*", omittingEmptySubsequences: false)
    guard let first = parts.first, let last = parts.last, parts.count > 1 else {
      return pattern == id
    }
    guard id.hasPrefix(first) else { return false }
    var rest = id.dropFirst(first.count)
    for part in parts.dropFirst().dropLast() where !part.isEmpty {
      guard let range = rest.firstRange(of: part) else { return false }
      rest = rest[range.upperBound...]
    }
    return rest.hasSuffix(last)
  }
}

/// A name that no rule has.
public struct UnknownRule: Error, CustomStringConvertible {
  /// What the user wrote.
  public let name: String

  init(_ name: String) {
    self.name = name
  }

  /// The name with the rule that it may have meant.
  public var description: String {
    let hint = NearestName.hint(for: name, among: Rules.all.map { $0.id })
    return "no rule is called \"\(name)\"\(hint)"
  }
}
