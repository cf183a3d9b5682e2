import COCO

/// The rings of one object, some of which may overlap. COCO's object is everything that they cover;
/// joined to one ring, the area that two of them enclose would lie outside.
struct OverlappingRings {
  private let rings: [[Double]]
  private let extents: [Box]
  private let masks: [RunLengthMask]
  private let whole: RunLengthMask

  /// Draws rings on an image; nil if their extents show that none overlap, and if they cannot be
  /// drawn.
  init?(_ rings: [[Double]], on image: Image) {
    let extents = rings.compactMap { Polygons([$0]).extent }
    guard extents.count == rings.count, Self.overlap(extents),
      let masks = try? rings.map({
        try RunLengthMask(ring: $0, height: image.height, width: image.width)
      }), let whole = try? RunLengthMask.union(masks)
    else { return nil }
    self.rings = rings
    self.extents = extents
    self.masks = masks
    self.whole = whole
  }

  /// Returns one ring around the area that the rings cover: from those that others do not cover, if
  /// these do not overlap; otherwise along the edges of pixels. Returns nil if `joined` covers the
  /// same.
  func cover(unless joined: JoinedRing) -> [Double]? {
    if isWhole(joined) { return nil }
    let needed = neededRings
    if needed.count < rings.count {
      let fewer = JoinedRing(needed)
      if isWhole(fewer) { return fewer.coordinates }
    }
    return outline
  }

  /// Returns whether a ring covers what all rings do, but for one pixel in two hundred: outlines
  /// are finer than pixels, and should remain so if rings hardly touch.
  private func isWhole(_ ring: JoinedRing) -> Bool {
    guard
      let mask = try? RunLengthMask(
        ring: ring.coordinates, height: whole.height, width: whole.width)
    else { return false }
    let differing = whole.area + mask.area - 2 * whole.intersection(with: mask)
    return differing <= 1 + whole.area / 200
  }

  /// The rings without those that lie in larger ones.
  private var neededRings: [[Double]] {
    var kept: [Int] = []
    for index in rings.indices.sorted(by: { (masks[$1].area, $0) < (masks[$0].area, $1) }) {
      let isCovered = kept.contains { larger in
        extents[larger].contains(extents[index])
          && masks[larger].intersection(with: masks[index]) == masks[index].area
      }
      if !isCovered { kept.append(index) }
    }
    return kept.sorted().map { rings[$0] }
  }

  /// The outline of all pixels that are covered, within the extent of the rings themselves.
  private var outline: [Double]? {
    guard let outline = try? whole.polygons(), let from = outline.extent,
      let to = Polygons(rings).extent
    else { return nil }
    func moved(_ value: Double, _ low: (Double, Double), _ high: (Double, Double)) -> Double {
      value == low.0 ? low.1 : value == high.0 ? high.1 : value
    }
    var ring = JoinedRing(outline.rings).coordinates
    for index in stride(from: 0, to: ring.count, by: 2) {
      ring[index] = moved(ring[index], (from.x0, to.x0), (from.x1, to.x1))
      ring[index + 1] = moved(ring[index + 1], (from.y0, to.y0), (from.y1, to.y1))
    }
    return ring
  }

  private static func overlap(_ extents: [Box]) -> Bool {
    let sorted = extents.sorted { $0.x0 < $1.x0 }
    for (index, extent) in sorted.enumerated() {
      for other in sorted[(index + 1)...] {
        if other.x0 >= extent.x1 { break }
        if other.y0 < extent.y1, extent.y0 < other.y1 { return true }
      }
    }
    return false
  }
}

extension Box {
  fileprivate func contains(_ other: Box) -> Bool {
    x0 <= other.x0 && y0 <= other.y0 && x1 >= other.x1 && y1 >= other.y1
  }
}
