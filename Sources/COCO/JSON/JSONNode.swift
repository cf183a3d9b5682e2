internal import CSimdJSON
import Glibc

/// A value among the tokens of a text. Valid as long as they are.
struct JSONNode {
  enum Kind: UInt32 {
    case null, no, yes, integer, double, string, key, array, object, malformed
  }

  let result: UnsafePointer<copra_json_result>
  let index: Int

  private var token: copra_json_token { result.pointee.tokens[index] }
  private var text: UnsafeBufferPointer<UInt8> { result.pointee.bytes }
  var kind: Kind { Kind(rawValue: token.kind) ?? .malformed }
  /// The offset of the value's first byte in the text.
  var offset: Int { Int(token.offset) }
  /// The index of the token behind the value.
  var next: Int {
    switch kind {
    case .array, .object: Int(token.link)
    default: index + 1
    }
  }

  /// A whole number, also when it is written as `3.0`.
  var integer: Int? {
    switch kind {
    case .integer: Int(Int64(bitPattern: token.bits))
    case .double: Int(exactly: token.double)
    default: nil
    }
  }

  var number: Double? {
    switch kind {
    case .integer: Double(Int64(bitPattern: token.bits))
    case .double: token.double
    default: nil
    }
  }

  var bool: Bool? {
    switch kind {
    case .yes: true
    case .no: false
    default: nil
    }
  }

  var string: String? {
    kind == .string ? String(decoding: bytes, as: UTF8.self) : nil
  }

  /// The unescaped bytes of a string or key.
  var bytes: UnsafeBufferPointer<UInt8> {
    let start = UnsafePointer<UInt8>(bitPattern: UInt(token.bits))
    return UnsafeBufferPointer(start: start, count: Int(token.link))
  }

  /// The value as it stands in the text.
  var raw: String {
    String(decoding: rawBytes, as: UTF8.self)
  }

  var rawBytes: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: text[offset..<rawEnd])
  }

  /// The offset behind the value, in the text.
  var rawEnd: Int {
    switch kind {
    case .array, .object: Int(UInt32(truncatingIfNeeded: token.bits))
    case .malformed: offset + Int(token.link)
    default: JSONScanner.scalarEnd(in: text, from: offset) ?? text.count
    }
  }

  /// Calls `body` with each element of an array.
  func forEachElement(_ body: (JSONNode) throws -> Void) rethrows {
    var child = index + 1
    while child < next {
      let node = JSONNode(result: result, index: child)
      try body(node)
      child = node.next
    }
  }

  /// Calls `body` with each key of an object, as bytes, and its value.
  func forEachMember(_ body: (JSONNode, JSONNode) throws -> Void) rethrows {
    var child = index + 1
    while child < next {
      let key = JSONNode(result: result, index: child)
      let value = JSONNode(result: result, index: child + 1)
      try body(key, value)
      child = value.next
    }
  }

  /// Appends the numbers of an array at once; returns false, and appends none, if it holds anything
  /// but numbers that `Int` or `Double` hold.
  func appendPlainNumbers(to numbers: inout [Double]) -> Bool {
    guard kind == .array, elements.allSatisfy({ $0.isNumber }) else { return false }
    numbers.append(
      contentsOf: elements.lazy.map {
        $0.kind == Kind.double.rawValue ? $0.double : Double(Int64(bitPattern: $0.bits))
      })
    return true
  }

  /// The numbers of an array in hundredths; nil if it holds anything but numbers of at most two
  /// decimals that are not too long.
  var hundredths: UnsafeBufferPointer<Int32>? {
    let first = Int(token.bits >> 32)
    guard kind == .array, first > 0 else { return nil }
    let start = result.pointee.hundredths + first - 1
    return UnsafeBufferPointer(start: start, count: next - index - 1)
  }

  /// The tokens between those of an array and the one behind it.
  private var elements: UnsafeBufferPointer<copra_json_token> {
    UnsafeBufferPointer(start: result.pointee.tokens + index + 1, count: next - index - 1)
  }

  /// The number of elements of an array.
  var elementCount: Int {
    var count = 0
    forEachElement { _ in count += 1 }
    return count
  }

  /// Whether an array or object holds anything.
  var hasElements: Bool { next > index + 1 }

  /// The first value here, itself included, that is no JSON and is therefore kept as text.
  var firstFault: JSONNode? {
    for index in index..<next
    where result.pointee.tokens[index].kind == Kind.malformed.rawValue {
      let node = JSONNode(result: result, index: index)
      if !JSONScanner.isNumber(node.rawBytes) { return node }
    }
    return nil
  }

  /// Returns whether this key or string is `name`.
  @inline(__always)
  func reads(_ name: StaticString) -> Bool {
    let bytes = bytes
    guard bytes.count == name.utf8CodeUnitCount, let start = bytes.baseAddress else {
      return bytes.count == name.utf8CodeUnitCount
    }
    return memcmp(start, name.utf8Start, name.utf8CodeUnitCount) == 0
  }
}

extension copra_json_token {
  fileprivate var isNumber: Bool {
    kind == JSONNode.Kind.double.rawValue || kind == JSONNode.Kind.integer.rawValue
  }

  /// The hundredths of a number whose link is not 0.
  fileprivate var hundredths: Int32 {
    Int32(bitPattern: link &- UInt32(COPRA_JSON_ZERO_HUNDREDTHS))
  }

  /// The value of a double.
  fileprivate var double: Double {
    link > 0 ? Double(hundredths) / 100 : Double(bitPattern: bits)
  }
}

extension JSONValue {
  /// The value with all that is in it, as it was written.
  init(_ node: JSONNode) {
    switch node.kind {
    case .null: self = .null
    case .yes: self = .bool(true)
    case .no: self = .bool(false)
    case .integer: self = .integer(node.integer ?? 0)
    case .double: self = .number(node.number ?? 0)
    case .string, .key: self = .string(String(decoding: node.bytes, as: UTF8.self))
    case .malformed:
      self = JSONScanner.isNumber(node.rawBytes) ? .literal(node.raw) : .string(node.raw)
    case .array:
      var elements: [JSONValue] = []
      node.forEachElement { elements.append(JSONValue($0)) }
      self = .array(elements)
    case .object: self = .object(JSONObject(node))
    }
  }
}

extension JSONObject {
  /// The members of an object; none for any other value.
  init(_ node: JSONNode) {
    self.init()
    node.forEachMember { key, value in
      members.append(
        Member(name: String(decoding: key.bytes, as: UTF8.self), value: JSONValue(value)))
    }
  }
}

extension JSONValue {
  /// The kind of value as messages name it.
  var kindInWords: String {
    switch self {
    case .null: "null"
    case .bool(let flag): flag ? "true" : "false"
    case .integer, .number, .literal: "a number"
    case .string: "text"
    case .array: "a list"
    case .object: "an object"
    }
  }
}
