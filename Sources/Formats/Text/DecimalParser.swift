import COCO

/// The parsing of numbers as annotation files write them.
enum DecimalParser {
  private static let powersOfTen: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
    1e18, 1e19, 1e20, 1e21, 1e22,
  ]

  /// Returns the number that `text`, without blanks around it, stands for; also `nan` and `inf`,
  /// and infinity for what is too large; nil for anything else.
  ///
  /// Up to 2⁵³ an integer is exact, and dividing it by a power of ten up to 10²² rounds once
  /// (Clinger, 1990), so the quick path gives the nearest double.
  static func parse(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
    var index = 0
    var isNegative = false
    if let sign = text.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
      isNegative = sign == UInt8(ascii: "-")
      index = 1
    }
    var digits: UInt64 = 0
    var digitCount = 0
    var decimals = 0
    var hasPoint = false
    while index < text.count {
      let digit = text[index] &- UInt8(ascii: "0")
      if digit < 10 {
        digits = digits &* 10 &+ UInt64(digit)
        digitCount += 1
        if hasPoint { decimals += 1 }
      } else if text[index] == UInt8(ascii: "."), !hasPoint {
        hasPoint = true
      } else {
        return slow(text)
      }
      index += 1
    }
    guard digitCount > 0 else { return nil }
    guard digitCount <= 19, digits <= 1 << 53, decimals <= 22 else { return slow(text) }
    let magnitude = Double(digits) / powersOfTen[decimals]
    return isNegative ? -magnitude : magnitude
  }

  /// Parses what the quick path cannot. `Double` also takes hexadecimal numbers, and stops at a NUL
  /// as C does.
  private static func slow(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
    let isForeign = text.contains {
      $0 == UInt8(ascii: "x") || $0 == UInt8(ascii: "X") || $0 == 0
    }
    return isForeign ? nil : Double(String(decoding: text, as: UTF8.self))
  }
}

/// The text of numbers with a fixed number of decimals.
enum DecimalText {
  /// The number of decimals that a double near 1 has.
  static let most = 16

  /// Returns the number of digits after the point.
  static func decimals(of text: String) -> Int {
    guard let point = text.utf8.firstIndex(of: UInt8(ascii: ".")) else { return 0 }
    return text.utf8[point...].dropFirst().prefix { $0 &- UInt8(ascii: "0") < 10 }.count
  }

  /// Returns `value` rounded to this number of decimals, without trailing zeros beyond `least`
  /// decimals; the shortest decimal if a double has no more digits.
  static func fixed(_ value: Double, decimals: Int, atLeast least: Int) -> String {
    var power = 1.0
    for _ in 0..<decimals { power *= 10 }
    let scaled = (abs(value) * power).rounded()
    guard scaled < 9e15, let digits = UInt64(exactly: scaled) else {
      var output = JSONOutput(capacity: 64)
      output.append(value)
      return output.text
    }
    var text = String(digits)
    if text.count <= decimals {
      text = String(repeating: "0", count: decimals + 1 - text.count) + text
    }
    var places = Array(text.utf8)
    var kept = decimals
    while kept > min(least, decimals), places.last == UInt8(ascii: "0") {
      places.removeLast()
      kept -= 1
    }
    if kept > 0 { places.insert(UInt8(ascii: "."), at: places.count - kept) }
    return (value < 0 && digits > 0 ? "-" : "") + String(decoding: places, as: UTF8.self)
  }
}
