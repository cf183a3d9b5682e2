import COCO

/// A reporter that writes the page of all rules in the documentation.
public struct MarkdownRuleReporter: Sendable {
  /// Creates a reporter.
  public init() {}

  /// Returns a table of all rules, followed by a section for each.
  public func page(_ rules: [RuleDescription]) -> String {
    var text = """
      # Rules

      What copra finds wrong with datasets, and what it does about it. A safe fix loses nothing and \
      guesses nothing: `--fix` applies it. `--unsafe-fixes` applies the others too. \
      `copra explain RULE` prints the section of one rule.

      \(MarkdownText.head(["rule", "severity", "fix", "about"]))
      """
    for rule in rules {
      text += MarkdownText.row([
        "[`\(rule.id)`](#\(rule.id))", rule.severity.rawValue, rule.fixes,
        MarkdownText.prose(rule.summary),
      ])
    }
    for rule in rules { text += "\n" + section(rule) }
    return text
  }

  private func section(_ rule: RuleDescription) -> String {
    var parts = [
      "## \(rule.id)\n",
      "*\(rule.properties)*: \(MarkdownText.prose(rule.summary))\n",
      MarkdownText.prose(rule.explanation) + "\n",
    ]
    if !rule.options.isEmpty { parts.append(options(rule.options)) }
    parts += rule.examples.map(text)
    return parts.joined(separator: "\n")
  }

  private func options(_ options: [RuleDescription.Option]) -> String {
    let list = options.map {
      "\(MarkdownText.code($0.name)) (default \(MarkdownText.code($0.defaultValue)))"
    }
    return "**Options:** \(list.joined(separator: ", "))\n"
  }

  private func text(_ example: RuleDescription.Example) -> String {
    var parts = [
      "**Example:** \(MarkdownText.prose(example.title))\n", MarkdownText.block(example.text),
    ]
    if example.findings.isEmpty {
      parts.append("gives no findings.\n")
    } else {
      parts += ["gives\n", MarkdownText.block(example.findings.joined(separator: "\n"))]
    }
    if let fixed = example.fixed {
      parts += ["and the fix makes of it\n", MarkdownText.block(fixed)]
    }
    return parts.joined(separator: "\n")
  }
}
