public import COCO
public import Files

/// Findings known from before; only findings beyond them count.
///
/// A finding is recognised by its rule, its file and its message, not by its line, so that it stays
/// known when lines move. Of equal findings, as many are known as were recorded.
public struct Baseline: Codable, Sendable, Equatable {
  /// Equal findings, with their number.
  public struct Entry: Codable, Sendable, Hashable {
    /// The id of the rule.
    public var rule: String
    /// The file's path as findings name it; empty if there is none.
    public var file: String
    /// The message.
    public var message: String
    /// The number of equal findings.
    public var count: Int

    /// Creates an entry.
    public init(rule: String, file: String, message: String, count: Int) {
      self.rule = rule
      self.file = file
      self.message = message
      self.count = count
    }
  }

  /// The entries in the order of rule, file and message.
  public var findings: [Entry]

  /// Creates a baseline of entries.
  public init(findings: [Entry]) {
    self.findings = findings
  }

  /// Creates the baseline of `findings`. `name` gives the path that a file is known by.
  public init(_ findings: [Finding], in sources: Sources, naming name: (String) -> String) {
    var counts: [Key: Int] = [:]
    for finding in findings { counts[Key(finding, sources, name), default: 0] += 1 }
    self.findings = counts.sorted { $0.key < $1.key }.map { key, count in
      Entry(rule: key.rule, file: key.file, message: key.message, count: count)
    }
  }

  /// Returns the findings that are not known, in their order.
  public func new(
    among findings: [Finding], in sources: Sources, naming name: (String) -> String
  ) -> [Finding] {
    var known: [Key: Int] = [:]
    for entry in self.findings { known[Key(entry), default: 0] += entry.count }
    return findings.filter { finding in
      let key = Key(finding, sources, name)
      guard let left = known[key], left > 0 else { return true }
      known[key] = left - 1
      return false
    }
  }

  private struct Key: Hashable, Comparable {
    let rule: String
    let file: String
    let message: String

    init(_ entry: Entry) {
      (rule, file, message) = (entry.rule, entry.file, entry.message)
    }

    init(_ finding: Finding, _ sources: Sources, _ name: (String) -> String) {
      rule = finding.rule
      file = finding.origin.map { name(sources.paths[$0.file]) } ?? ""
      message = finding.message
    }

    static func < (left: Key, right: Key) -> Bool {
      (left.rule, left.file, left.message) < (right.rule, right.file, right.message)
    }
  }
}
