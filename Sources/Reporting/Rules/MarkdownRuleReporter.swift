import COCO

/// The page of all rules, as it stands in the documentation.
public struct MarkdownRuleReporter: Sendable {
  public init() {}

  /// A table of all rules, then a section for each.
  public func page(_ rules: [RuleDescription]) -> String {
    var text = """
      # Rules

      What `copra validate` looks for, and what it does about it. A safe fix loses nothing and \
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
    let fix = rule.fixes.isEmpty ? "no fix" : "fix: \(rule.fixes)"
    var parts = [
      "## \(rule.id)\n",
      "*\(rule.severity.rawValue), \(fix)*: \(MarkdownText.prose(rule.summary))\n",
      MarkdownText.prose(rule.explanation) + "\n",
      "**What to do:** \(MarkdownText.prose(rule.help))\n",
    ]
    if !rule.options.isEmpty { parts.append(options(rule.options)) }
    parts += rule.examples.map(text)
    return parts.joined(separator: "\n")
  }

  private func options(_ options: [RuleDescription.Option]) -> String {
    var text = MarkdownText.head(["option", "default", "meaning"])
    for option in options {
      text += MarkdownText.row([
        MarkdownText.code(option.name), MarkdownText.code(option.defaultValue),
        MarkdownText.prose(option.meaning),
      ])
    }
    return text
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
