/// Reads JSON as Python's `json.load` does on a file opened as text in UTF-8, and stops where that
/// stops: at a byte order mark, at bytes that are no UTF-8, at all that its grammar does not allow. NaN,
/// Infinity and -Infinity are allowed there.
struct PythonJSON {
  /// What a value is.
  enum Kind: Sendable {
    case null, boolean, whole, fraction, text, digits, list, object
  }

  /// Why Python raises, and the byte at which it does.
  struct Refusal: Error, Equatable {
    var offset: Int
    /// As read after what the file has there.
    var reason: String
  }

  /// Python gives up at about a thousand.
  private static let deepest = 900

  private let bytes: UnsafeBufferPointer<UInt8>
  private(set) var position = 0
  /// Of the list that ended last: how many values it has, and of which kinds.
  private(set) var lastList: (count: Int, kinds: Set<Kind>) = (0, [])

  init(_ bytes: UnsafeBufferPointer<UInt8>) throws(Refusal) {
    self.bytes = bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      throw Refusal(offset: 0, reason: "a byte order mark (U+FEFF)")
    }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      throw Refusal(offset: 0, reason: "UTF-16 where UTF-8 is expected")
    }
    skipBlanks()
  }

  /// Throws unless nothing but blanks is left.
  mutating func end() throws(Refusal) {
    skipBlanks()
    if position < bytes.count { throw refusal("text after the end of the value") }
  }

  /// Reads a value; an object's or list's parts are read with it.
  mutating func value(depth: Int = 0) throws(Refusal) -> Kind {
    guard position < bytes.count else {
      throw refusal("the end of the file where a value is expected")
    }
    switch bytes[position] {
    case UInt8(ascii: "{"):
      try members(depth: depth) { (_, reader: inout PythonJSON) throws(Refusal) in
        _ = try reader.value(depth: depth + 1)
      }
      return .object
    case UInt8(ascii: "["):
      var (count, kinds): (Int, Set<Kind>) = (0, [])
      var previous: Kind?
      try elements(depth: depth) { (reader: inout PythonJSON) throws(Refusal) in
        let kind = try reader.value(depth: depth + 1)
        count += 1
        if kind != previous { kinds.insert(kind) }
        previous = kind
      }
      lastList = (count, kinds)
      return .list
    case UInt8(ascii: "\""): return Self.isNumber(bytes[try string()]) ? .digits : .text
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    default: return try word()
    }
  }

  /// Reads an object, whose values `body` reads; it is given where the key stands, without quotes.
  mutating func members(
    depth: Int, _ body: (Range<Int>, inout PythonJSON) throws(Refusal) -> Void
  ) throws(Refusal) {
    try list(depth: depth, end: UInt8(ascii: "}")) { (reader: inout PythonJSON) throws(Refusal) in
      guard reader.next == UInt8(ascii: "\"") else {
        throw reader.refusal("no key in double quotes where one is expected")
      }
      let key = try reader.string()
      reader.skipBlanks()
      guard reader.next == UInt8(ascii: ":") else { throw reader.refusal("no colon after a key") }
      reader.position += 1
      reader.skipBlanks()
      try body(key, &reader)
    }
  }

  /// Reads a list, whose values `body` reads.
  mutating func elements(
    depth: Int, _ body: (inout PythonJSON) throws(Refusal) -> Void
  ) throws(Refusal) {
    try list(depth: depth, end: UInt8(ascii: "]"), body)
  }

  private mutating func list(
    depth: Int, end: UInt8, _ body: (inout PythonJSON) throws(Refusal) -> Void
  ) throws(Refusal) {
    guard depth < Self.deepest else { throw refusal("values nested too deeply") }
    position += 1
    skipBlanks()
    if next == end {
      position += 1
      return
    }
    while true {
      try body(&self)
      skipBlanks()
      if next == end {
        position += 1
        return
      }
      guard next == UInt8(ascii: ",") else { throw refusal("no comma between two values") }
      position += 1
      skipBlanks()
    }
  }

  var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  func text(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: bytes[range])
  }

  private func refusal(_ reason: String) -> Refusal { Refusal(offset: position, reason: reason) }

  private mutating func skipBlanks() {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x09, 0x0A, 0x0D: position += 1
      default: return
      }
    }
  }
}

extension PythonJSON {
  /// Reads a text in quotes; returns where it stands between them.
  private mutating func string() throws(Refusal) -> Range<Int> {
    position += 1
    let start = position
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\""):
        position += 1
        return start..<(position - 1)
      case UInt8(ascii: "\\"): try escape()
      case 0..<0x20: throw refusal("a control character in a string")
      case 0x80...: try character()
      default: position += 1
      }
    }
    throw refusal("the end of the file in a string")
  }

  private mutating func escape() throws(Refusal) {
    let letter = position + 1 < bytes.count ? bytes[position + 1] : 0
    if letter == UInt8(ascii: "u") {
      let digits = bytes[min(position + 2, bytes.count)..<min(position + 6, bytes.count)]
      guard digits.count == 4, digits.allSatisfy(Self.isHexadecimal) else {
        throw refusal("\\u without four digits")
      }
      position += 6
    } else if Array("\"\\/bfnrt".utf8).contains(letter) {
      position += 2
    } else {
      throw refusal("a backslash before a character that cannot be escaped")
    }
  }

  /// A character of several bytes.
  private mutating func character() throws(Refusal) {
    let lead = bytes[position]
    let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
    let end = position + length
    guard end <= bytes.count, lead >= 0xC2,
      String(validating: bytes[position..<end], as: UTF8.self) != nil
    else { throw refusal("bytes that are not UTF-8") }
    position = end
  }

  private mutating func number() throws(Refusal) -> Kind {
    let start = position
    if next == UInt8(ascii: "-") { position += 1 }
    if next == UInt8(ascii: "I") {
      position = start
      return try word()
    }
    let digits = skipDigits()
    guard digits > 0 else { throw refusal("a sign without a number") }
    if digits > 1, bytes[position - digits] == UInt8(ascii: "0") {
      position -= digits - 1
      throw refusal("a number with a leading 0")
    }
    var kind = Kind.whole
    if next == UInt8(ascii: ".") {
      position += 1
      guard skipDigits() > 0 else { throw refusal("no digit after a decimal point") }
      kind = .fraction
    }
    if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
      position += 1
      if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { position += 1 }
      guard skipDigits() > 0 else { throw refusal("no digit in an exponent") }
      kind = .fraction
    }
    return kind
  }

  private mutating func skipDigits() -> Int {
    let start = position
    while let digit = next, digit >= UInt8(ascii: "0"), digit <= UInt8(ascii: "9") { position += 1 }
    return position - start
  }

  private static let words: [(String, Kind)] = [
    ("null", .null), ("true", .boolean), ("false", .boolean), ("NaN", .fraction),
    ("Infinity", .fraction), ("-Infinity", .fraction),
  ]

  private mutating func word() throws(Refusal) -> Kind {
    for (word, kind) in Self.words where bytes[position...].starts(with: word.utf8) {
      position += word.utf8.count
      return kind
    }
    throw refusal("no JSON value where one is expected")
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    Character(UnicodeScalar(byte)).isHexDigit
  }

  /// Whether Python's `int` reads a text.
  private static func isNumber(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    let digits = text.first == UInt8(ascii: "-") ? text.dropFirst() : text
    return !digits.isEmpty
      && digits.allSatisfy { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
  }
}
