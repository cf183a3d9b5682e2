import Glibc

/// Reads decimal numbers from bytes: an optional sign, digits with or without a point, an optional
/// exponent; also nan, inf and infinity in any letter case.
enum DecimalReader {
  /// The number that begins at `index`, which moves behind it; nil, with `index` anywhere in the
  /// field, where none does. The bytes must end in one that belongs to no number.
  ///
  /// The nearest double, as `strtod` gives it: a number of at most 2⁵³ units in the last place over
  /// a power of ten up to 10²² is one exact division (Clinger 1990); the others go to `strtod`.
  @inline(__always)
  static func read(_ bytes: UnsafePointer<UInt8>, _ index: inout Int) -> Double? {
    let start = index
    let isNegative = bytes[index] == UInt8(ascii: "-")
    if isNegative || bytes[index] == UInt8(ascii: "+") { index += 1 }
    var digits: UInt64 = 0
    let first = index
    var digit = bytes[index] &- UInt8(ascii: "0")
    while digit < 10 {
      digits = digits &* 10 &+ UInt64(digit)
      index += 1
      digit = bytes[index] &- UInt8(ascii: "0")
    }
    var count = index - first
    var decimals = 0
    if bytes[index] == UInt8(ascii: ".") {
      index += 1
      let point = index
      digit = bytes[index] &- UInt8(ascii: "0")
      while digit < 10 {
        digits = digits &* 10 &+ UInt64(digit)
        index += 1
        digit = bytes[index] &- UInt8(ascii: "0")
      }
      decimals = index - point
      count += decimals
    }
    let isLong = count > 19 || digits > 1 << 53 || decimals > 22
    if count == 0 || isLong || bytes[index] | 0x20 == UInt8(ascii: "e") {
      return slow(bytes, start: start, digits: count, &index)
    }
    let magnitude = decimals == 0 ? Double(digits) : Double(digits) / powers[decimals]
    return isNegative ? -magnitude : magnitude
  }

  /// 10⁰ … 10²², each exact.
  private static let powers: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
    1e18, 1e19, 1e20, 1e21, 1e22,
  ]

  /// `index` stands behind the digits of what begins at `start`.
  @inline(never)
  private static func slow(
    _ bytes: UnsafePointer<UInt8>, start: Int, digits: Int, _ index: inout Int
  ) -> Double? {
    if digits == 0 { return word(bytes, start: start, &index) }
    if bytes[index] | 0x20 == UInt8(ascii: "e") {
      index += 1
      if bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+") { index += 1 }
      let exponent = index
      while bytes[index] &- UInt8(ascii: "0") < 10 { index += 1 }
      if index == exponent { return nil }
    }
    return bytes.withMemoryRebound(to: CChar.self, capacity: index + 1) { strtod($0 + start, nil) }
  }

  private static func word(
    _ bytes: UnsafePointer<UInt8>, start: Int, _ index: inout Int
  ) -> Double? {
    index = start
    let isNegative = bytes[index] == UInt8(ascii: "-")
    if isNegative || bytes[index] == UInt8(ascii: "+") { index += 1 }
    var word: [UInt8] = []
    while word.count < 9, case let letter = bytes[index] | 0x20, letter >= 0x61, letter <= 0x7A {
      word.append(letter)
      index += 1
    }
    switch String(decoding: word, as: UTF8.self) {
    case "nan": return .nan
    case "inf", "infinity": return isNegative ? -.infinity : .infinity
    default: return nil
    }
  }
}
