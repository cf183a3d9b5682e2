extension Polygons {
  /// Returns the parts of the rings on an image of `width` × `height` pixels, after Sutherland and
  /// Hodgman, "Reentrant polygon clipping", 1974. Rings that lie wholly outside are removed.
  public func clipped(width: Double, height: Double) -> Polygons {
    Polygons(
      rings.compactMap { ring in
        let clipped = ring.cut(axis: 0, keepsAbove: 0).cut(axis: 0, keepsBelow: width)
          .cut(axis: 1, keepsAbove: 0).cut(axis: 1, keepsBelow: height)
        return clipped.count >= 6 ? clipped : nil
      })
  }
}

extension [Double] {
  fileprivate func cut(axis: Int, keepsAbove limit: Double) -> [Double] {
    cut(axis: axis, at: limit) { $0 >= limit }
  }

  fileprivate func cut(axis: Int, keepsBelow limit: Double) -> [Double] {
    cut(axis: axis, at: limit) { $0 <= limit }
  }

  /// Returns the part of a ring x y x y … whose coordinate along `axis` is `kept`.
  private func cut(axis: Int, at limit: Double, _ kept: (Double) -> Bool) -> [Double] {
    guard count >= 6 else { return [] }
    var result: [Double] = []
    var previous = (self[count - 2], self[count - 1])
    for index in stride(from: 0, to: count - 1, by: 2) {
      let corner = (self[index], self[index + 1])
      let (from, to) = axis == 0 ? (previous.0, corner.0) : (previous.1, corner.1)
      if kept(from) != kept(to) {
        let part = (limit - from) / (to - from)
        let x = previous.0 + part * (corner.0 - previous.0)
        let y = previous.1 + part * (corner.1 - previous.1)
        result += axis == 0 ? [limit, y] : [x, limit]
      }
      if kept(to) { result += [corner.0, corner.1] }
      previous = corner
    }
    return result
  }
}
