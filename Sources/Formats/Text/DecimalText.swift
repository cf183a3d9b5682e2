import COCO

/// Numbers with a fixed number of decimals.
enum DecimalText {
  /// As many decimals as a double near 1 has.
  static let most = 16

  /// How many digits stand behind the point.
  static func decimals(of text: String) -> Int {
    guard let point = text.utf8.firstIndex(of: UInt8(ascii: ".")) else { return 0 }
    return text.utf8[point...].dropFirst().prefix { $0 &- UInt8(ascii: "0") < 10 }.count
  }

  /// `value` rounded to so many decimals, without the zeros at its end beyond `least` of them;
  /// the shortest decimal where a double has no more digits to tell.
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
