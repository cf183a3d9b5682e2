extension Polygons {
  /// What one pass over all corners tells.
  public struct Measures: Sendable {
    /// The number of rings.
    public var rings = 0
    /// Whether a ring has a coordinate without its other.
    public var hasOddRing = false
    /// Whether a ring has fewer than three corners; odd ones do not count.
    public var hasShortRing = false
    /// Whether all coordinates are finite.
    public var isFinite = true
    /// The smallest box around all corners; nil where there are none.
    public var extent: Box?
    /// The sum of what the rings enclose in square pixels, by the shoelace formula; overlaps count
    /// twice.
    public var enclosedArea = 0.0
  }

  /// The measures of these polygons.
  public var measures: Measures {
    var measures = Measures()
    measures.isFinite = isFinite
    measures.extent = extent
    forEachRing { ring in
      measures.rings += 1
      measures.enclosedArea += ring.enclosedArea
      if !ring.count.isMultiple(of: 2) {
        measures.hasOddRing = true
      } else if ring.count < 6 {
        measures.hasShortRing = true
      }
    }
    return measures
  }
}

extension UnsafeBufferPointer<Double> {
  /// What a ring x0 y0 x1 y1 … encloses.
  fileprivate var enclosedArea: Double {
    var twice = 0.0
    var index = 0
    let end = count & ~1
    while index < end {
      let next = index + 2 < end ? index + 2 : 0
      twice += self[index] * self[next + 1] - self[next] * self[index + 1]
      index += 2
    }
    return abs(twice) / 2
  }
}

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
