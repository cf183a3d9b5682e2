extension Int {
  /// `1234567` as `1,234,567`.
  var grouped: String {
    let digits = String(magnitude)
    var text = self < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return text
  }

  /// `7` of 200 as `3.5 %`; what is there but rounds to nothing as `< 0.1 %`.
  func percentage(of total: Int) -> String {
    guard total > 0 else { return "–" }
    let share = 100 * Double(self) / Double(total)
    return self > 0 && share < 0.05 ? "< 0.1 %" : "\(share.fixed(1)) %"
  }
}

extension Double {
  /// The number with this many decimals, at most 6, and thousands set off: `1,234.50`.
  func fixed(_ decimals: Int) -> String {
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
