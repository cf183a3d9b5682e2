import COCO
public import Datasets
public import Linting
import YAML

/// The configuration of single rules in `copra.yaml`: severities, options, waivers.
public struct LintConfiguration {
  private let file: ConfigurationFile?

  init(_ file: ConfigurationFile?) {
    self.file = file
  }

  /// Reads the configuration in the nearest file upwards from `input`, if there is one.
  public init(nearestTo input: String) throws {
    file = try ConfigurationFile.nearest(to: input)
  }

  /// Returns the waivers in the file. Throws, with the line, for invalid values.
  public func waivers() throws -> [Waiver] {
    guard let node = file?.nodes["waive"] else { return [] }
    guard let list = node.sequence else { throw failure("waive: expected a list", at: node) }
    return try list.map(waiver)
  }

  /// Applies the configuration of rules and findings to a linter. Throws, with the line, for
  /// invalid values.
  public func apply(to linter: inout DatasetLinter) throws {
    try apply(to: &linter.rules)
    linter.waivers = try waivers()
  }

  /// Applies the severities and options to rules. Throws, with the line, for invalid values.
  public func apply(to rules: inout RuleSet) throws {
    for (key, value) in try pairs("severity") {
      try naming(key) { id throws(UnknownRule) in
        if value.string == "off" { return try rules.ignore([id]) }
        guard let severity = value.string.flatMap(Finding.Severity.init) else { return }
        try rules.setSeverity(severity, of: id)
      }
      let words = Finding.Severity.allCases.map(\.rawValue) + ["off"]
      guard let word = value.string, words.contains(word) else {
        throw failure("severity: expected one of \(words.joined(separator: ", "))", at: value)
      }
    }
    for (key, value) in try pairs("rules") {
      guard let rule = Rules.all.first(where: { $0.id == key.string }) else {
        try naming(key) { id throws(UnknownRule) in try rules.ignore([id]) }
        throw failure("rules: expected the id of one rule", at: key)
      }
      try configure(rule.init(), with: value, in: &rules)
    }
  }

  /// Calls `body` with the rule's name that `key` is; what it throws gets the line.
  private func naming(_ key: Node, _ body: (String) throws(UnknownRule) -> Void) throws {
    do throws(UnknownRule) {
      try body(key.string ?? "")
    } catch {
      throw failure("\(error)", at: key)
    }
  }

  private func pairs(_ name: String) throws -> [(key: Node, value: Node)] {
    guard let node = file?.nodes[name] else { return [] }
    guard let mapping = node.mapping else {
      throw failure("\(name): expected rules, each with a value", at: node)
    }
    return mapping.map { (key: $0.key, value: $0.value) }
  }

  /// Overlays the options of `rule` with the values of `node`.
  private func configure<R: Rule>(_ rule: R, with node: Node, in rules: inout RuleSet) throws {
    guard let file else { return }
    rules.configure(
      try YAMLOverlay.value(
        rule, under: file.file, at: node, title: R.id, spelling: .kebabCase))
  }

  private func waiver(_ node: Node) throws -> Waiver {
    guard let mapping = node.mapping else {
      throw failure("waive: expected a rule and what identifies the record", at: node)
    }
    var waiver = Waiver(rule: "")
    for (key, value) in mapping {
      switch key.string {
      case "rule": waiver.rule = value.string ?? ""
      case "image": waiver.image = value.string
      case "annotation": waiver.annotation = value.scalar.flatMap(Int.init(yaml:))
      case "category": waiver.category = value.string
      case "file": waiver.file = value.string
      case "because": waiver.because = value.string
      default:
        throw failure(
          "waive: unknown key \"\(key.string ?? "")\", expected one of rule, image, annotation, "
            + "category, file, because", at: key)
      }
      if key.string == "annotation", waiver.annotation == nil {
        throw failure("waive: expected the id of an annotation", at: value)
      }
    }
    guard Rules.all.contains(where: { $0.id == waiver.rule }) else {
      throw failure("waive: no rule is called \"\(waiver.rule)\"", at: node)
    }
    return waiver
  }

  private func failure(_ message: String, at node: Node) -> CommandFailure {
    file?.file.failure(message, at: node) ?? CommandFailure(message)
  }
}
