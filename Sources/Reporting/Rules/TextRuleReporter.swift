import COCO

/// A reporter of rules for a terminal: all of them as a table, or one with its full description.
public struct TextRuleReporter: Sendable {
  private static let width = 80

  /// Creates a reporter.
  public init() {}

  /// Returns a row for each rule: id, severity, kinds of fixes, summary.
  public func list(_ rules: [RuleDescription]) -> String {
    var table = TextTable([.left, .left, .left, .left], indentation: 0)
    table.add("rule", "severity", "fix", "about")
    for rule in rules { table.add(rule.id, rule.severity.rawValue, rule.fixes, rule.summary) }
    return table.text
  }

  /// Returns the full description of one rule, ending with a newline.
  public func explanation(of rule: RuleDescription) -> String {
    var sections = [
      "\(rule.id) (\(rule.properties))\n"
        + rule.summary.wrapped(to: Self.width - 2).indented(by: 2),
      rule.explanation.wrapped(to: Self.width),
    ]
    if !rule.options.isEmpty { sections.append(section("Options", options(rule.options))) }
    sections += rule.examples.map(text)
    return sections.joined(separator: "\n\n") + "\n"
  }

  private func section(_ title: String, _ body: String) -> String {
    "\(title)\n\(body.indented(by: 2))"
  }

  private func options(_ options: [RuleDescription.Option]) -> String {
    options.map { "\($0.name): \($0.defaultValue)" }.joined(separator: "\n")
  }

  private func text(_ example: RuleDescription.Example) -> String {
    var lines = ["Example: \(example.title)", block(example.text)]
    if example.findings.isEmpty {
      lines.append("  finds nothing")
    } else {
      lines += ["  finds", block(example.findings.joined(separator: "\n"))]
    }
    if let fixed = example.fixed { lines += ["  fixed", block(fixed)] }
    return lines.joined(separator: "\n")
  }

  private func block(_ text: String) -> String {
    text.printableLines.indented(by: 4)
  }
}
