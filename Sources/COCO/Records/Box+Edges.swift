extension Box {
  /// Whether all four edges are numbers; the sum of two finite numbers need not be one.
  public var hasFiniteEdges: Bool { isFinite && x1.isFinite && y1.isFinite }

  /// The right edge as it should be written: see `edge`.
  public var writtenX1: Double { Self.edge(from: x, extent: width) }
  /// The lower edge as it should be written: see `edge`.
  public var writtenY1: Double { Self.edge(from: y, extent: height) }

  /// `start` + `extent`, so that whoever subtracts `start` finds `extent` again.
  ///
  /// 48.24 + 147.73 is 195.96999999999997 in doubles, and reading 195.97 − 48.24 gives another
  /// extent than the one that led here. So: of the neighbours of the sum, the one that gives back
  /// the very extent, the decimal of six places before others; where none does, that decimal if
  /// it is as near as doubles are exact, which is within 1e-9 px for pictures of any size.
  private static func edge(from start: Double, extent: Double) -> Double {
    let sum = start + extent
    let decimal = (sum * 1e6).rounded() / 1e6
    let isNear = abs(decimal - sum) <= 2 * max(abs(start), abs(extent), abs(sum)).ulp
    if isNear, decimal - start == extent { return decimal }
    for edge in [sum, sum.nextUp, sum.nextDown] where edge - start == extent { return edge }
    return isNear ? decimal : sum
  }
}
