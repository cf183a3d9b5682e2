public import COCO

/// The description of a rule for people. The list of rules, the explanation of one, the rules page
/// and SARIF's descriptions are all made from it.
///
/// Texts are plain prose in which backticks mark code; an empty line separates paragraphs, and a
/// line that begins with `- ` is an item of a list.
public struct RuleDescription: Sendable, Equatable {
  /// An option of a rule that a configuration can set.
  public struct Option: Sendable, Equatable {
    /// The name of the option.
    public var name: String
    /// The default value as it is written in a configuration.
    public var defaultValue: String

    /// Creates an option.
    public init(_ name: String, defaultValue: String) {
      self.name = name
      self.defaultValue = defaultValue
    }
  }

  /// A small dataset and the rule's findings about it.
  public struct Example: Sendable, Equatable {
    /// The fault shown, or the reason why there is none.
    public var title: String
    /// The data, of one or more lines.
    public var text: String
    /// The severity and message of each finding; empty if the rule allows the data.
    public var findings: [String]
    /// The data after the fix; nil if there is no fix.
    public var fixed: String?

    /// Creates an example.
    public init(_ title: String, text: String, findings: [String] = [], fixed: String? = nil) {
      self.title = title
      self.text = text
      self.findings = findings
      self.fixed = fixed
    }
  }

  /// The id, for example `inverted-box`.
  public var id: String
  /// The severity of its findings unless a configuration sets another.
  public var severity: Finding.Severity
  /// The fault in one line, in lower case without a full stop.
  public var summary: String
  /// The explanation in one or more paragraphs: why the fault matters, what counts as one, what to
  /// do, and what the options mean.
  public var explanation: String
  /// The part of copra that raises the findings, as a phrase; empty if it is not given.
  public var raiser = ""
  /// Whether some of its findings have a safe fix.
  public var hasSafeFix = false
  /// Whether some of its findings have an unsafe fix.
  public var hasUnsafeFix = false
  /// The options that a configuration can set.
  public var options: [Option] = []
  /// The examples, flagged and allowed.
  public var examples: [Example] = []

  /// Creates a description without fixes, options and examples.
  public init(
    _ id: String, _ severity: Finding.Severity, summary: String, explanation: String
  ) {
    self.id = id
    self.severity = severity
    self.summary = summary
    self.explanation = explanation
  }

  /// The severity, the fixes and the raiser as a phrase.
  var properties: String {
    let fix = fixes.isEmpty ? "no fix" : "fix: \(fixes)"
    return "\(severity.rawValue), \(fix)" + (raiser.isEmpty ? "" : ", raised by \(raiser)")
  }

  /// The kinds of its fixes as a phrase; empty if it has none.
  var fixes: String {
    switch (hasSafeFix, hasUnsafeFix) {
    case (false, false): ""
    case (true, false): "safe"
    case (false, true): "unsafe"
    case (true, true): "safe, unsafe"
    }
  }
}
