/// Bars of Unicode blocks, an eighth of a column fine.
enum TextBar {
  private static let eighths = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]

  /// A bar of `width` columns where `value` is `maximum`. What is there is at least seen.
  static func bar(_ value: Int, of maximum: Int, width: Int) -> String {
    guard value > 0, maximum > 0 else { return "" }
    let share = min(Double(value) / Double(maximum), 1)
    let length = max(Int((share * Double(width * 8)).rounded()), 1)
    return String(repeating: "█", count: length / 8) + eighths[length % 8]
  }
}
