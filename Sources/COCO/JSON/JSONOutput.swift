internal import CSimdJSON
import Glibc

/// A growing buffer of JSON text. Numbers are written as the shortest decimals that read back as
/// the same doubles.
public struct JSONOutput: ~Copyable {
  private var start: UnsafeMutablePointer<UInt8>
  private var count = 0
  private var capacity: Int
  /// Whether numbers that JSON lacks are written as Python writes them, which COCO readers accept.
  var writesNonFinite = false

  /// Creates an empty buffer with room for `capacity` bytes, at least 64.
  public init(capacity: Int = 4096) {
    self.capacity = max(capacity, 64)
    start = .allocate(capacity: self.capacity)
  }

  deinit {
    start.deallocate()
  }

  /// A copy of the text so far, in UTF-8.
  public var bytes: [UInt8] {
    Array(UnsafeBufferPointer(start: start, count: count))
  }

  /// The text so far, as a string.
  public var text: String {
    String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
  }

  @inline(__always)
  private mutating func reserve(_ extra: Int) {
    if count + extra > capacity { grow(extra) }
  }

  @inline(never)
  private mutating func grow(_ extra: Int) {
    capacity = max(capacity * 2, count + extra)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    larger.update(from: start, count: count)
    start.deallocate()
    start = larger
  }

  /// Appends text that is already JSON.
  @inline(__always)
  public mutating func raw(_ text: StaticString) {
    let length = text.utf8CodeUnitCount
    reserve(length)
    (start + count).update(from: text.utf8Start, count: length)
    count += length
  }

  private mutating func append(byte: UInt8) {
    reserve(1)
    start[count] = byte
    count += 1
  }

  /// Appends text that is already JSON.
  public mutating func append(verbatim text: String) {
    var text = text
    text.withUTF8 { utf8 in
      guard let base = utf8.baseAddress else { return }
      reserve(utf8.count)
      (start + count).update(from: base, count: utf8.count)
      count += utf8.count
    }
  }

  /// Appends an integer in decimal digits.
  public mutating func append(_ value: Int) {
    reserve(32)
    if value < 0 {
      start[count] = UInt8(ascii: "-")
      count += 1
    }
    appendDigits(of: value.magnitude)
  }

  /// Writes the digits of a number; 32 bytes must be reserved.
  @inline(__always)
  private mutating func appendDigits(of value: UInt) {
    guard value < EightDigits.bound else { return appendManyDigits(of: value) }
    let digits = EightDigits(UInt32(truncatingIfNeeded: value))
    append(eight: digits.text >> UInt64(truncatingIfNeeded: 8 &* digits.leadingZeros))
    count &-= digits.leadingZeros
  }

  @inline(never)
  private mutating func appendManyDigits(of value: UInt) {
    let (front, back) = value.quotientAndRemainder(dividingBy: EightDigits.bound)
    appendDigits(of: front)
    append(eight: EightDigits(UInt32(truncatingIfNeeded: back)).text)
  }

  /// Appends without a check; the room must be reserved.
  @inline(__always)
  private mutating func append(eight characters: UInt64) {
    UnsafeMutableRawPointer(start + count).storeBytes(
      of: characters.littleEndian, as: UInt64.self)
    count &+= 8
  }

  /// Appends a number, or `null` for a value that JSON has no number for.
  public mutating func append(_ value: Double) {
    guard value.isFinite else { return append(nonFinite: value) }
    reserve(32)
    if appendShort(value) { return }
    if value == 0 { return raw("-0.0") }
    let end = UnsafeMutableRawPointer(start + count).withMemoryRebound(to: CChar.self, capacity: 32)
    {
      copra_json_format_double(value, $0) - $0
    }
    count += end
  }

  private mutating func append(nonFinite value: Double) {
    guard writesNonFinite else { return raw("null") }
    raw(value.isNaN ? "NaN" : value > 0 ? "Infinity" : "-Infinity")
  }

  /// Writes numbers of at most two decimals, which are most. Such a decimal of up to 15 digits is
  /// the shortest of its double when dividing it back gives that double.
  private mutating func appendShort(_ value: Double) -> Bool {
    let magnitude = abs(value)
    guard magnitude < 1e12 else { return false }
    let hundredfold = Double(UInt64(magnitude * 100 + 0.5))
    guard hundredfold / 100 == magnitude, value.sign == .plus || magnitude > 0 else { return false }
    appendHundredths(UInt(hundredfold), isNegative: value < 0)
    return true
  }

  /// Appends a list of hundredths as decimals, without trailing zeros.
  mutating func append(hundredths numbers: UnsafeBufferPointer<Int32>) {
    reserve(numbers.count * 16 + 2)
    start[count] = UInt8(ascii: "[")
    count += 1
    for number in numbers {
      appendHundredths(UInt(number.magnitude), isNegative: number < 0)
      start[count] = UInt8(ascii: ",")
      count += 1
    }
    // The bracket stands in the place of the last comma.
    if !numbers.isEmpty { count -= 1 }
    start[count] = UInt8(ascii: "]")
    count += 1
  }

  /// Appends without a check; the room must be reserved.
  private mutating func appendHundredths(_ magnitude: UInt, isNegative: Bool) {
    start[count] = UInt8(ascii: "-")
    count += isNegative ? 1 : 0
    let (whole, hundredths) = magnitude.quotientAndRemainder(dividingBy: 100)
    appendDigits(of: whole)
    let (tenths, rest) = hundredths.quotientAndRemainder(dividingBy: 10)
    start[count] = UInt8(ascii: ".")
    start[count + 1] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: tenths)
    start[count + 2] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest)
    count += hundredths == 0 ? 0 : rest == 0 ? 2 : 3
  }

  /// Appends a string in quotes, escaped.
  public mutating func append(_ value: String) {
    var value = value
    append(byte: UInt8(ascii: "\""))
    value.withUTF8 { utf8 in
      guard let base = utf8.baseAddress else { return }
      reserve(utf8.count * 6)
      if utf8.contains(where: { $0 < 0x20 || $0 == 0x22 || $0 == 0x5C }) {
        for byte in utf8 { appendEscaped(byte) }
      } else {
        (start + count).update(from: base, count: utf8.count)
        count += utf8.count
      }
    }
    append(byte: UInt8(ascii: "\""))
  }

  /// Appends one byte of a string, escaped; six bytes must be reserved.
  private mutating func appendEscaped(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""): raw("\\\"")
    case UInt8(ascii: "\\"): raw("\\\\")
    case 0x0A: raw("\\n")
    case 0x0D: raw("\\r")
    case 0x09: raw("\\t")
    case 0..<0x20:
      raw(byte < 0x10 ? "\\u000" : "\\u001")
      let digit = byte & 15
      append(byte: digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
    default:
      start[count] = byte
      count += 1
    }
  }

  /// Appends a value without blanks. A number that was read with a point keeps it.
  public mutating func append(_ value: JSONValue) {
    switch value {
    case .null: raw("null")
    case .bool(let flag): raw(flag ? "true" : "false")
    case .integer(let integer): append(integer)
    case .number(let number):
      append(number)
      // It was no integer when it was read, and shall be none when it is read again.
      let isWhole = abs(number) < 1e16 && number == number.rounded()
      if isWhole, number != 0 || number.sign == .plus { raw(".0") }
    case .literal(let text): append(verbatim: text)
    case .string(let text): append(text)
    case .array(let elements):
      raw("[")
      for (index, element) in elements.enumerated() {
        if index > 0 { raw(",") }
        append(element)
      }
      raw("]")
    case .object(let object): append(object)
    }
  }

  /// Appends an object without blanks, its members in their order.
  public mutating func append(_ object: JSONObject) {
    raw("{")
    var isFirst = true
    append(membersOf: object, isFirst: &isFirst)
    raw("}")
  }

  /// Appends the members of an object without its braces.
  mutating func append(membersOf object: JSONObject, isFirst: inout Bool) {
    for member in object.members {
      if !isFirst { raw(",") }
      isFirst = false
      append(member.name)
      raw(":")
      append(member.value)
    }
  }
}
