import Glibc

/// Numbers as text, with one property for each purpose. They do not depend on the locale.
extension Double {
  /// The shortest decimal that reads back the same; `NaN`, `infinity` and `-infinity` as words.
  public var shortest: String {
    guard isFinite else { return isNaN ? "NaN" : self < 0 ? "-infinity" : "infinity" }
    var output = JSONOutput(capacity: 32)
    output.append(self)
    return output.text
  }

  /// Returns the number rounded to at most this many decimals, without zeros at its end: `0.5`.
  public func brief(_ decimals: Int) -> String {
    let factor = (0..<decimals).reduce(1.0) { product, _ in product * 10 }
    let scaled = self * factor
    return abs(scaled) < 1e15 ? (scaled.rounded() / factor).shortest : shortest
  }

  /// Returns the number with this many decimals, rounded from its exact value, as C's `printf` and
  /// Python's `format` write it: `0.500`.
  public func printed(_ decimals: Int) -> String {
    withVaList([Int32(decimals), self]) { arguments in
      var buffer = [CChar](repeating: 0, count: 400)
      let count = vsnprintf(&buffer, buffer.count, "%.*f", arguments)
      return String(
        decoding: buffer.prefix(Int(count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
  }

  /// Returns the number with this many decimals, at most 6, and thousands set off: `1,234.50`.
  public func fixed(_ decimals: Int) -> String {
    guard isFinite, magnitude < 1e12 else { return description }
    var scale = 1
    for _ in 0..<decimals { scale *= 10 }
    let scaled = Int((magnitude * Double(scale)).rounded())
    let (whole, fraction) = scaled.quotientAndRemainder(dividingBy: scale)
    let sign = self < 0 && scaled > 0 ? "-" : ""
    guard decimals > 0 else { return sign + whole.grouped }
    let digits = String(fraction)
    let zeros = String(repeating: "0", count: decimals - digits.count)
    return "\(sign)\(whole.grouped).\(zeros)\(digits)"
  }
}

extension Float {
  /// The shortest decimal of a float32, whose digits as a double would be noise.
  public var shortest: String {
    guard isFinite else { return Double(self).shortest }
    let text = description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}

extension Int {
  /// The number with commas: `1234567` as `1,234,567`.
  public var grouped: String {
    let digits = String(magnitude)
    var text = self < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return text
  }

  /// Returns `7` of 200 as `3.5 %`; what is there but rounds to nothing as `< 0.1 %`.
  public func percentage(of total: Int) -> String {
    guard total > 0 else { return "–" }
    let share = 100 * Double(self) / Double(total)
    return self > 0 && share < 0.05 ? "< 0.1 %" : "\(share.fixed(1)) %"
  }
}
