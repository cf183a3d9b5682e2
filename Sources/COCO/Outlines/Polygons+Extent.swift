extension Polygons {
  /// Whether all coordinates are finite.
  public var isFinite: Bool { withWords { $0.isFinite } }

  /// The smallest box around all corners; nil where there are none.
  public var extent: Box? {
    var x0 = Double.infinity
    var y0 = Double.infinity
    var x1 = -Double.infinity
    var y1 = -Double.infinity
    forEachRing { ring in
      for (index, value) in ring.enumerated() {
        if index.isMultiple(of: 2) {
          x0 = min(x0, value)
          x1 = max(x1, value)
        } else {
          y0 = min(y0, value)
          y1 = max(y1, value)
        }
      }
    }
    return x0 <= x1 && y0 <= y1 ? Box(x0: x0, y0: y0, x1: x1, y1: y1) : nil
  }
}
