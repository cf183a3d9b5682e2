import Linting
import Yams

/// The options of a rule by the names that they have in `copra.yaml`: `side`, `edge-tolerance`.
struct RuleOptionValues {
  private var mapping: Node.Mapping

  /// The values that `rule` has.
  init(_ rule: some Rule) throws {
    mapping = try compose(yaml: YAMLEncoder().encode(rule))?.mapping ?? [:]
  }

  /// Names with their values as YAML has them.
  var all: [(name: String, value: String)] {
    mapping.map { (name: Self.kebabCase($0.key.string ?? ""), value: $0.value.string ?? "") }
  }

  /// Gives an option another value; says false where there is none of this name.
  mutating func set(_ name: String, to value: Node) -> Bool {
    guard let key = mapping.keys.first(where: { Self.kebabCase($0.string ?? "") == name }) else {
      return false
    }
    mapping[key] = value
    return true
  }

  /// The rule with these values; nil where one of them is of the wrong kind.
  func rule<R: Rule>() -> R? {
    try? YAMLDecoder().decode(R.self, from: .mapping(mapping))
  }

  private static func kebabCase(_ name: String) -> String {
    name.reduce(into: "") { $0 += $1.isUppercase ? "-\($1.lowercased())" : String($1) }
  }
}
