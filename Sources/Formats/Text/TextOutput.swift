import COCO

/// JSON's buffer serves other texts too: the same bytes, the same shortest numbers.
typealias TextOutput = JSONOutput

extension TextOutput {
  /// A number or flag as text; nothing of other values.
  mutating func append(plain value: JSONValue) {
    switch value {
    case .bool, .integer, .number, .literal: append(value)
    case .null, .string, .array, .object: break
    }
  }
}

extension JSONValue {
  /// Whether a field of text can hold it.
  var isText: Bool {
    switch self {
    case .bool, .integer, .literal, .string: true
    case .number(let number): number.isFinite
    case .null, .array, .object: false
    }
  }
}
