import ArgumentParser
import Console
import Linting
import Reporting

/// `copra rules`
struct RulesCommand: Verb {
  static let configuration = CommandConfiguration(
    commandName: "rules",
    abstract: "List the rules that validate applies.",
    discussion: """
      EXAMPLES
        copra rules
        copra rules --format markdown > rules.md
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, markdown
  }

  @Option(
    help: ArgumentHelp(
      "A table, or a page with the explanation of each rule.", valueName: "format"))
  var format = Format.text

  func perform() async throws -> ExitStatus {
    let texts = RuleSet().rules.map { RuleText($0) }
    switch format {
    case .text: try Terminal.print(TextRuleReporter().list(texts.map(\.description)))
    case .markdown:
      var rules: [RuleDescription] = []
      for text in texts { rules.append(try await text.explanation()) }
      try Terminal.print(MarkdownRuleReporter().page(rules))
    }
    return .clean
  }
}

/// `copra explain`
struct ExplainCommand: Verb {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Explain what a rule checks, why, and what to do, with examples.",
    discussion: """
      EXAMPLES
        copra explain inverted-box
      """)

  @Argument(
    help: ArgumentHelp("The ids of rules.", valueName: "rule"),
    completion: .list(Rules.all.map { $0.id }))
  var rules: [String]

  func perform() async throws -> ExitStatus {
    var set = RuleSet()
    do throws(UnknownRule) {
      try set.select(rules)
    } catch {
      throw CommandFailure("\(error); copra rules lists them")
    }
    var texts: [String] = []
    for rule in set.rules {
      texts.append(TextRuleReporter().explanation(of: try await RuleText(rule).explanation()))
    }
    try Terminal.print(texts.joined(separator: "\n"))
    return .clean
  }
}
