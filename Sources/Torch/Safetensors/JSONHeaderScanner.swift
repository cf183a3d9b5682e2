import Files

/// A scanner of the JSON of a safetensors header, which nests objects and lists to a known depth,
/// so that nothing recurses. It reads member by member, so that a repeated key is noticed.
struct JSONHeaderScanner {
  /// The scanner's place in an object.
  struct Members {
    fileprivate var isFirst = true
  }

  /// The key of the tensor that errors are about.
  var key: String?
  private var reader: ByteReader
  private let start: Int

  init(_ reader: ByteReader) {
    self.reader = reader
    start = reader.offset
  }

  func failure(_ message: String) -> StateError {
    StateError(reader.file.path, key: key, message)
  }

  func startObject() -> Members { Members() }

  /// Returns the name of the object's next member, whose value then follows; nil after its last.
  mutating func nextMember(_ members: inout Members) throws(StateError) -> String? {
    if members.isFirst {
      try expect("{")
      members.isFirst = false
      if try take("}") { return nil }
    } else {
      if try take("}") { return nil }
      try expect(",")
    }
    let name = try string()
    try expect(":")
    return name
  }

  /// Reads a list of integers.
  mutating func integers() throws(StateError) -> [Int] {
    var numbers: [Int] = []
    try expect("[")
    if try take("]") { return [] }
    repeat { numbers.append(try integer()) } while try take(",")
    try expect("]")
    return numbers
  }

  /// Reads whitespace up to the end of the header.
  mutating func expectEnd() throws(StateError) {
    try skipSpace()
    if reader.remaining > 0 { throw unexpected("the end") }
  }

  mutating func string() throws(StateError) -> String {
    try expect("\"")
    var bytes: [UInt8] = []
    while true {
      guard let byte = reader.next, byte >= 0x20 else { throw unexpected("the end of a string") }
      _ = try reader.byte()
      switch byte {
      case UInt8(ascii: "\""):
        guard let text = String(validating: bytes, as: UTF8.self) else {
          throw failure("header byte \(place): expected UTF-8 in the string that ends here")
        }
        return text
      case UInt8(ascii: "\\"): bytes.append(contentsOf: String(try escaped()).utf8)
      default: bytes.append(byte)
      }
    }
  }

  private mutating func escaped() throws(StateError) -> Unicode.Scalar {
    let letter = try reader.byte()
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(letter)
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{c}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return try escapedScalar()
    default: throw failure("header byte \(place): expected an escape of JSON")
    }
  }

  /// Reads one code unit of UTF-16 or a pair of them.
  private mutating func escapedScalar() throws(StateError) -> Unicode.Scalar {
    var units = [try hexadecimal()]
    if UTF16.isLeadSurrogate(units[0]), try take("\\"), try take("u") {
      units.append(try hexadecimal())
    }
    let text = String(validating: units, as: UTF16.self)
    guard let scalar = text?.unicodeScalars.first else {
      throw failure("header byte \(place): expected a character, found half of one")
    }
    return scalar
  }

  private mutating func hexadecimal() throws(StateError) -> UInt16 {
    let digits = try reader.bytes(4).map { Character(Unicode.Scalar($0)) }
    guard digits.allSatisfy(\.isHexDigit), let unit = UInt16(String(digits), radix: 16) else {
      throw failure("header byte \(place): expected four hexadecimal digits")
    }
    return unit
  }

  /// Reads an integer in JSON's form, without exponent or leading zero.
  private mutating func integer() throws(StateError) -> Int {
    try skipSpace()
    var text = ""
    while let byte = reader.next, isNumeric(byte) {
      text.append(Character(Unicode.Scalar(byte)))
      _ = try reader.byte()
    }
    guard let number = Int(text), String(number) == text else {
      if text.isEmpty { throw unexpected("a whole number") }
      throw failure("expected a whole number of 64 bits, found \(text.quotedForMessage)")
    }
    return number
  }

  private func isNumeric(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
      UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"):
      true
    default: false
    }
  }

  private mutating func take(_ wanted: Unicode.Scalar) throws(StateError) -> Bool {
    try skipSpace()
    guard reader.next == UInt8(ascii: wanted) else { return false }
    _ = try reader.byte()
    return true
  }

  private mutating func expect(_ wanted: Unicode.Scalar) throws(StateError) {
    guard try take(wanted) else { throw unexpected("'\(wanted)'") }
  }

  private mutating func skipSpace() throws(StateError) {
    while let byte = reader.next, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { _ = try reader.byte() }
  }

  /// The number of bytes from the start of the header.
  private var place: Int { reader.offset - start }

  private func unexpected(_ wanted: String) -> StateError {
    let found = reader.next.map { String(Unicode.Scalar($0)).quotedForMessage } ?? "its end"
    return failure("header byte \(place): expected \(wanted), found \(found)")
  }
}
