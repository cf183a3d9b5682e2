extension Box {
  /// The corners x0 y0 x1 y1, as messages give them.
  public var cornersText: String {
    [x0, y0, x1, y1].map(\.shortest).joined(separator: " ")
  }

  /// The corner and the extent, as messages give them.
  public var extentsText: String {
    "x \(x.shortest), y \(y.shortest), width \(width.shortest), height \(height.shortest)"
  }
}

extension Double {
  /// The shortest decimal that reads back the same; `NaN` and `infinity` in words.
  public var shortest: String {
    guard isFinite else { return isNaN ? "NaN" : self < 0 ? "-infinity" : "infinity" }
    var output = JSONOutput(capacity: 32)
    output.append(self)
    return output.text
  }
}
