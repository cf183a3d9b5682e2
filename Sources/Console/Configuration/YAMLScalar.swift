public import YAML

/// A value that can be read from a single word of YAML.
protocol YAMLScalar {
  /// The expected kind of word, for messages.
  static var meaning: String { get }

  init?(yaml scalar: Node.Scalar)
}

extension Int: YAMLScalar {
  static var meaning: String { "a whole number" }

  init?(yaml scalar: Node.Scalar) {
    self.init(scalar.string)
  }
}

extension Double: YAMLScalar {
  static var meaning: String { "a number" }

  init?(yaml scalar: Node.Scalar) {
    guard let number = Double(scalar.string), number.isFinite else { return nil }
    self = number
  }
}

extension Bool: YAMLScalar {
  static var meaning: String { "true or false" }

  init?(yaml scalar: Node.Scalar) {
    guard !scalar.isText else { return nil }
    switch scalar.string.lowercased() {
    case "true", "yes", "on": self = true
    case "false", "no", "off": self = false
    default: return nil
    }
  }
}

extension String: YAMLScalar {
  static var meaning: String { "a word" }

  init?(yaml scalar: Node.Scalar) {
    self = scalar.string
  }
}

extension Node {
  /// Whether no value stands there.
  var isNothing: Bool {
    guard let scalar else { return false }
    return scalar.isPlain && ["", "~", "null"].contains(scalar.string)
  }
}

extension Node? {
  /// The value found, as a phrase for messages.
  public var found: String {
    switch self?.content {
    case .scalar(let scalar)?: "\"\(scalar.string)\""
    case .sequence?: "a list"
    case .mapping?: "keys and values"
    case nil: "nothing"
    }
  }
}
