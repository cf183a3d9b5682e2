/// A value as a template sees it: text, or properties by their names.
enum TemplateValue {
  case nothing
  case text(String)
  case flag(Bool)
  case list([TemplateValue])
  case object([String: TemplateValue])

  /// Creates what a template sees of any value, its stored properties and theirs.
  init(_ value: Any) {
    switch value {
    case let text as String: self = .text(text)
    case let flag as Bool: self = .flag(flag)
    default: self.init(parts: Mirror(reflecting: value), of: value)
    }
  }

  private init(parts mirror: Mirror, of value: Any) {
    switch mirror.displayStyle {
    case .optional: self = mirror.children.first.map { TemplateValue($0.value) } ?? .nothing
    case .collection: self = .list(mirror.children.map { TemplateValue($0.value) })
    case .struct:
      let properties = mirror.children.compactMap { child in
        child.label.map { ($0, TemplateValue(child.value)) }
      }
      self = .object(Dictionary(properties) { first, _ in first })
    default: self = .text(String(describing: value))
    }
  }

  /// The property of a name; nil if there is none.
  subscript(name: String) -> TemplateValue? {
    guard case .object(let properties) = self else { return nil }
    return properties[name]
  }
}
