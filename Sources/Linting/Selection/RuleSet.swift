public import COCO
import Files

/// The rules that a user wants, with their options and severities.
public struct RuleSet: Sendable {
  private var chosen: [FaultKind: any Rule]
  private var severities: [FaultKind: Finding.Severity] = [:]

  /// Creates a set of all rules with their defaults.
  public init() {
    chosen = Dictionary(uniqueKeysWithValues: Rules.all.map { ($0.kind, $0.init()) })
  }

  /// The selected ones, in the order of their ids.
  public var rules: [any Rule] {
    Rules.all.compactMap { chosen[$0.kind] }
  }

  /// Returns whether the rule of this kind is in the set.
  public func contains(_ kind: FaultKind) -> Bool { chosen[kind] != nil }

  /// Keeps the rules that one of `patterns` names: an id, or parts of one with `*` between.
  public mutating func select(_ patterns: [String]) throws(UnknownRule) {
    let kept = try Self.kinds(named: patterns)
    chosen = chosen.filter { kept.contains($0.key) }
  }

  /// Keeps the rules of these kinds.
  public mutating func select(_ kinds: Set<FaultKind>) {
    chosen = chosen.filter { kinds.contains($0.key) }
  }

  /// Drops the rules that one of `patterns` matches.
  public mutating func ignore(_ patterns: [String]) throws(UnknownRule) {
    let dropped = try Self.kinds(named: patterns)
    chosen = chosen.filter { !dropped.contains($0.key) }
  }

  /// Sets the severity of the rules that `pattern` matches.
  public mutating func setSeverity(
    _ severity: Finding.Severity, of pattern: String
  ) throws(UnknownRule) {
    for kind in try Self.kinds(named: [pattern]) { severities[kind] = severity }
  }

  /// Replaces the rule of the same type by `rule`; has no effect if that was dropped.
  public mutating func configure<R: Rule>(_ rule: R) {
    if chosen[R.kind] != nil { chosen[R.kind] = rule }
  }

  /// Returns the findings of selected rules, with the severities that the user gives them.
  public func applied(to findings: [Finding]) -> [Finding] {
    findings.compactMap { finding in
      guard contains(finding.kind) else { return nil }
      guard let severity = severities[finding.kind] else { return finding }
      var changed = finding
      changed.severity = severity
      return changed
    }
  }

  private static func kinds(named patterns: [String]) throws(UnknownRule) -> Set<FaultKind> {
    var kinds: Set<FaultKind> = []
    for pattern in patterns {
      let found = FaultKind.allCases.filter { matches(pattern, $0.id) }
      if found.isEmpty { throw UnknownRule(pattern) }
      kinds.formUnion(found)
    }
    return kinds
  }

  /// Returns whether `id` is `pattern` with something, or nothing, for every `*`.
  private static func matches(_ pattern: String, _ id: String) -> Bool {
    let parts = pattern.split(separator: "*", omittingEmptySubsequences: false)
    guard let first = parts.first, let last = parts.last, parts.count > 1 else {
      return pattern == id
    }
    guard id.hasPrefix(first) else { return false }
    var rest = id.dropFirst(first.count)
    for part in parts.dropFirst().dropLast() where !part.isEmpty {
      guard let range = rest.firstRange(ofBytes: String(part)) else { return false }
      rest = rest[range.upperBound...]
    }
    return rest.hasSuffix(last)
  }
}

/// A name that no rule has.
public struct UnknownRule: Error, CustomStringConvertible {
  /// The name that the user wrote.
  public let name: String

  init(_ name: String) {
    self.name = name
  }

  /// The name with the rule that it may have meant.
  public var description: String {
    let hint = NearestName.hint(for: name, among: FaultKind.allCases.map(\.id))
    return "no rule is called \"\(name)\"\(hint)"
  }
}
