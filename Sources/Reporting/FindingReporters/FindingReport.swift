public import COCO
public import Files

/// What a report of findings tells of.
public struct FindingReport: Sendable {
  public var findings: [Finding]
  /// What the origins of the findings refer to.
  public var sources: Sources
  /// The rules that were looked for. Findings of other rules are shown too, without description.
  public var rules: [RuleDescription]
  /// copra's own, for instance `1.2.3`.
  public var toolVersion: String

  public init(
    _ findings: [Finding], in sources: Sources, rules: [RuleDescription] = [], toolVersion: String
  ) {
    self.findings = findings
    self.sources = sources
    self.rules = rules
    self.toolVersion = toolVersion
  }
}
