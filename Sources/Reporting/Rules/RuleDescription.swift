public import COCO

/// A rule as it is explained to people. The list of rules, the explanation of one, the rules page
/// and SARIF's descriptions are all made from it.
///
/// Texts are plain prose in which backticks set off code; an empty line parts paragraphs, and a
/// line that begins with `- ` is an item of a list.
public struct RuleDescription: Sendable, Equatable {
  /// What a configuration can set of a rule.
  public struct Option: Sendable, Equatable {
    public var name: String
    /// As it is written in a configuration.
    public var defaultValue: String

    public init(_ name: String, defaultValue: String) {
      self.name = name
      self.defaultValue = defaultValue
    }
  }

  /// A small dataset and what the rule makes of it.
  public struct Example: Sendable, Equatable {
    public var title: String
    /// What stood there, of one line or more.
    public var text: String
    /// Severity and message of each finding; none where the rule leaves the data alone.
    public var findings: [String]
    /// What the fix makes of the text; nil where there is no fix.
    public var fixed: String?

    public init(_ title: String, text: String, findings: [String] = [], fixed: String? = nil) {
      self.title = title
      self.text = text
      self.findings = findings
      self.fixed = fixed
    }
  }

  public var id: String
  /// What its findings have unless a configuration says otherwise.
  public var severity: Finding.Severity
  /// One line, lower case and without full stop.
  public var summary: String
  /// Why it matters, what counts as a fault, what to do, and what the options mean: one paragraph
  /// or more.
  public var explanation: String
  /// What reports it, in words; empty where that is not said.
  public var raiser = ""
  public var hasSafeFix = false
  public var hasUnsafeFix = false
  public var options: [Option] = []
  public var examples: [Example] = []

  public init(
    _ id: String, _ severity: Finding.Severity, summary: String, explanation: String
  ) {
    self.id = id
    self.severity = severity
    self.summary = summary
    self.explanation = explanation
  }

  /// Its severity, its fixes and what raises it, in words.
  var properties: String {
    let fix = fixes.isEmpty ? "no fix" : "fix: \(fixes)"
    return "\(severity.rawValue), \(fix)" + (raiser.isEmpty ? "" : ", raised by \(raiser)")
  }

  /// Which kinds of fixes it has, in words; empty where it has none.
  var fixes: String {
    switch (hasSafeFix, hasUnsafeFix) {
    case (false, false): ""
    case (true, false): "safe"
    case (false, true): "unsafe"
    case (true, true): "safe, unsafe"
    }
  }
}
