extension Polygons {
  /// The measures taken in one pass over all corners.
  public struct Measures: Sendable {
    /// The number of rings.
    public var rings = 0
    /// Whether a ring has a coordinate without its other.
    public var hasOddRing = false
    /// Whether a ring has fewer than three corners; odd ones do not count.
    public var hasShortRing = false
    /// Whether all coordinates are finite.
    public var isFinite = true
    /// The smallest box around all corners; nil if there are none.
    public var extent: Box?
    /// The sum of what the rings enclose in square pixels, by the shoelace formula; overlaps count
    /// twice.
    public var enclosedArea = 0.0
  }

  /// The measures of these polygons.
  public var measures: Measures {
    var measures = Measures()
    var reach = Reach()
    measures.isFinite = isFinite
    forEachRing { ring in
      measures.rings += 1
      reach.add(ring)
      measures.enclosedArea += ring.enclosedArea
      if !ring.count.isMultiple(of: 2) {
        measures.hasOddRing = true
      } else if ring.count < 6 {
        measures.hasShortRing = true
      }
    }
    measures.extent = reach.box
    return measures
  }
}

extension UnsafeBufferPointer<Double> {
  /// The area that a ring x0 y0 x1 y1 … encloses.
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

  /// The smallest box around all corners; nil if there are none.
  public var extent: Box? {
    var reach = Reach()
    forEachRing { reach.add($0) }
    return reach.box
  }
}

/// The extent of corners.
private struct Reach {
  private var x0 = Double.infinity
  private var y0 = Double.infinity
  private var x1 = -Double.infinity
  private var y1 = -Double.infinity

  mutating func add(_ ring: UnsafeBufferPointer<Double>) {
    var index = 0
    while index < ring.count {
      x0 = min(x0, ring[index])
      x1 = max(x1, ring[index])
      if index + 1 < ring.count {
        y0 = min(y0, ring[index + 1])
        y1 = max(y1, ring[index + 1])
      }
      index += 2
    }
  }

  /// The smallest box around the corners; nil if there are none.
  var box: Box? {
    x0 <= x1 && y0 <= y1 ? Box(x0: x0, y0: y0, x1: x1, y1: y1) : nil
  }
}

extension Polygons.Measures {
  /// Returns whether the rings certainly cover a pixel of an image, so that they need not be drawn:
  /// they are sound, lie within the image, and are not thin.
  ///
  /// - Parameters:
  ///   - width: The image's width in pixels; 0 if it is not known.
  ///   - height: The image's height in pixels; 0 if it is not known.
  public func plainlyCoverPixels(width: Double, height: Double) -> Bool {
    guard rings > 0, isFinite, !hasOddRing, !hasShortRing, let extent else { return false }
    guard width > 0, height > 0 else { return extent.width > 0 && extent.height > 0 }
    return BoxCondition(extent, width: width, height: height) != .outside
      && enclosedArea > extent.width + extent.height
      && extent.excess(width: width, height: height) <= 1
  }
}
