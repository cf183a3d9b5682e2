/// The places of the members of a JSON object in a text.
public struct JSONRecordLayout: Sendable {
  /// One name with its value, as ranges of the text's bytes.
  public struct Member: Sendable {
    /// The range of the name, with its quotes.
    public let name: Range<Int>
    /// The range of the value.
    public let value: Range<Int>

    /// The range from the name to the end of the value.
    public var range: Range<Int> { name.lowerBound..<value.upperBound }
  }

  /// The members, in the order in which they stand.
  public private(set) var members: [Member] = []
  /// The range from the opening brace to behind the closing one.
  public private(set) var range: Range<Int>

  /// Creates the layout of the object at `start`; nil if no whole object begins there.
  public init?(_ text: UnsafeBufferPointer<UInt8>, at start: Int) {
    guard start >= 0, start < text.count, text[start] == UInt8(ascii: "{") else { return nil }
    range = start..<start
    var index = JSONScanner.skipBlanks(in: text, from: start + 1)
    while index < text.count, text[index] != UInt8(ascii: "}") {
      guard text[index] == UInt8(ascii: "\""),
        let nameEnd = JSONScanner.scalarEnd(in: text, from: index)
      else { return nil }
      let colon = JSONScanner.skipBlanks(in: text, from: nameEnd)
      guard colon < text.count, text[colon] == UInt8(ascii: ":") else { return nil }
      let value = JSONScanner.skipBlanks(in: text, from: colon + 1)
      guard let end = Self.valueEnd(in: text, from: value), end > value else { return nil }
      members.append(Member(name: index..<nameEnd, value: value..<end))
      index = JSONScanner.skipBlanks(in: text, from: end)
      if index < text.count, text[index] == UInt8(ascii: ",") {
        index = JSONScanner.skipBlanks(in: text, from: index + 1)
      }
    }
    guard index < text.count else { return nil }
    range = start..<index + 1
  }

  /// Returns the indices of the members called `name`; if there are several, the last counts.
  public func members(_ name: String, in text: UnsafeBufferPointer<UInt8>) -> [Int] {
    members.indices.filter { Self.reads(name, members[$0].name, in: text) }
  }

  /// Returns a member's name, unescaped.
  public static func name(_ range: Range<Int>, in text: UnsafeBufferPointer<UInt8>) -> String {
    let inner = text[range.lowerBound + 1..<range.upperBound - 1]
    if inner.contains(UInt8(ascii: "\\")),
      case .string(let name)? = JSONTextParser().value(String(decoding: text[range], as: UTF8.self))
    {
      return name
    }
    return String(decoding: inner, as: UTF8.self)
  }

  private static func reads(
    _ name: String, _ range: Range<Int>, in text: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    let inner = text[range.lowerBound + 1..<range.upperBound - 1]
    if inner.contains(UInt8(ascii: "\\")) { return self.name(range, in: text) == name }
    return inner.elementsEqual(name.utf8)
  }

  /// Returns the ranges of the values in the list at `list`; nil if it is no complete list.
  public static func elements(
    of list: Range<Int>, in text: UnsafeBufferPointer<UInt8>
  ) -> [Range<Int>]? {
    guard let first = list.first, text[first] == UInt8(ascii: "[") else { return nil }
    var elements: [Range<Int>] = []
    var index = JSONScanner.skipBlanks(in: text, from: first + 1)
    while index < list.upperBound, text[index] != UInt8(ascii: "]") {
      guard let end = valueEnd(in: text, from: index), end > index else { return nil }
      elements.append(index..<end)
      index = JSONScanner.skipBlanks(in: text, from: end)
      if index < list.upperBound, text[index] == UInt8(ascii: ",") {
        index = JSONScanner.skipBlanks(in: text, from: index + 1)
      }
    }
    return index + 1 == list.upperBound ? elements : nil
  }

  private static func valueEnd(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    guard start < text.count else { return nil }
    switch text[start] {
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      guard case .found(let end) = JSONScanner.valueEnd(in: text, from: start) else { return nil }
      return end
    default: return JSONScanner.scalarEnd(in: text, from: start)
    }
  }
}
