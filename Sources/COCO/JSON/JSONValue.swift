/// A JSON value that copra passes through without interpreting it.
public enum JSONValue: Sendable, Equatable {
  case null
  case bool(Bool)
  case integer(Int)
  case number(Double)
  /// A number that neither `Int` nor `Double` holds exactly as written, kept as its text.
  case literal(String)
  case string(String)
  case array([JSONValue])
  case object(JSONObject)
}

extension JSONValue {
  /// The characters of a text; nil for any other value.
  public var string: String? { if case .string(let text) = self { text } else { nil } }
  /// The elements of a list; nil for any other value.
  public var list: [JSONValue]? { if case .array(let values) = self { values } else { nil } }
  /// An object; nil for any other value.
  public var object: JSONObject? { if case .object(let object) = self { object } else { nil } }
  /// A number without point or exponent; nil for any other value.
  public var integer: Int? { if case .integer(let number) = self { number } else { nil } }
  /// A number, whole or not; nil for any other value.
  public var double: Double? {
    switch self {
    case .integer(let number): Double(number)
    case .number(let number): number
    default: nil
    }
  }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByFloatLiteral, ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral
{
  /// Creates a text.
  public init(stringLiteral value: String) { self = .string(value) }
  /// Creates an integer.
  public init(integerLiteral value: Int) { self = .integer(value) }
  /// Creates a number.
  public init(floatLiteral value: Double) { self = .number(value) }
  /// Creates a Boolean.
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  /// Creates a list.
  public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
}

/// The members of a JSON object in the order in which they stood; a name may stand twice.
public struct JSONObject: Sendable, Equatable, ExpressibleByDictionaryLiteral {
  /// One name with its value.
  public struct Member: Sendable, Equatable {
    /// The member's name, unescaped.
    public var name: String
    /// The member's value.
    public var value: JSONValue

    /// Creates a member.
    public init(name: String, value: JSONValue) {
      self.name = name
      self.value = value
    }
  }

  /// The members in the order in which they stood.
  public var members: [Member]

  /// Creates an object of members in their order.
  public init(_ members: [Member] = []) {
    self.members = members
  }

  /// Creates an object of members in the order of the literal.
  public init(dictionaryLiteral elements: (String, JSONValue)...) {
    members = elements.map { Member(name: $0.0, value: $0.1) }
  }

  /// Whether the object has no members.
  public var isEmpty: Bool { members.isEmpty }

  /// The value of the last member of this name, as in Python and JavaScript. Setting replaces it
  /// or adds it at the end; setting nil removes every member of this name.
  public subscript(name: String) -> JSONValue? {
    get { members.last { $0.name == name }?.value }
    set {
      guard let newValue else {
        members.removeAll { $0.name == name }
        return
      }
      if let index = members.lastIndex(where: { $0.name == name }) {
        members[index].value = newValue
      } else {
        members.append(Member(name: name, value: newValue))
      }
    }
  }
}

/// A parser of short JSON texts, one after the other. Each task needs its own.
public final class JSONTextParser {
  private let tokenizer = JSONTokenizer()

  /// Creates a parser.
  public init() {}

  /// Returns the value that `text` holds; nil if it is not exactly one JSON value.
  public func value(_ text: String) -> JSONValue? {
    var text = text
    return text.withUTF8 { bytes in
      guard let base = bytes.baseAddress, !bytes.isEmpty else { return nil }
      tokenizer.text(capacity: bytes.count).update(from: base, count: bytes.count)
      let tokens = tokenizer.tokenize(length: bytes.count)
      let end = JSONScanner.skipBlanksBackward(in: bytes, before: bytes.count) + 1
      guard tokens.error == nil, tokens.end == end else { return nil }
      var values: [JSONValue] = []
      tokens.forEachValue { values.append(JSONValue($0)) }
      return values.count == 1 ? values[0] : nil
    }
  }
}
