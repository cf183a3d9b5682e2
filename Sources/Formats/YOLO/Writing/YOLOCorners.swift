import COCO

/// The corners of an object in rows without boxes.
///
/// Every object has some, since Ultralytics leaves out an image whose rows are of two kinds:
/// several rings are joined, run lengths outlined, and an object without an outline has the corners
/// of its box.
struct YOLOCorners {
  /// One ring.
  private(set) var ring: Polygons
  /// The change made to the outline; nil if there was none.
  private(set) var change: LossKind?

  /// Makes the ring of an annotation that lies in `box` on an image.
  init(_ annotation: Annotation, _ box: Box, on image: Image, as rows: ExportOptions.YOLORows) {
    ring = Polygons([[]])
    switch annotation.segmentation {
    case .polygons(let polygons)? where rows == .oriented && polygons.quadrilateral != nil:
      ring = polygons.quadrilateral ?? polygons
    case .polygons(let polygons)? where rows == .polygon && polygons.hasOutline:
      take(polygons, on: image)
    case .runLengths(let mask)?, .compressedRunLengths(let mask)?:
      if rows == .polygon { take(mask, on: image) }
    default: break
    }
    if ring.isBlank { takeCorners(of: box, instead: annotation.segmentation, rows) }
  }

  /// Returns the box around the corners of an annotation, worked out from its outline alone.
  static func extent(
    of annotation: Annotation, on image: Image, as rows: ExportOptions.YOLORows
  ) -> Box? {
    switch annotation.segmentation {
    case .polygons(let polygons)? where rows == .oriented:
      polygons.quadrilateral?.extent ?? annotation.box
    case .polygons(let polygons)?:
      polygons.hasOutline ? Polygons(polygons.soundRings).extent : annotation.box
    case .runLengths(let mask)?, .compressedRunLengths(let mask)?:
      rows == .polygon && mask.covers(image) && mask.area > 0
        ? mask.boundingBox : annotation.box
    case nil: annotation.box
    }
  }

  private mutating func takeCorners(
    of box: Box, instead segmentation: Segmentation?, _ rows: ExportOptions.YOLORows
  ) {
    ring = Polygons([[box.x0, box.y0, box.x1, box.y0, box.x1, box.y1, box.x0, box.y1]])
    let hasOutline =
      if case .polygons(let polygons)? = segmentation { !polygons.isEmpty } else {
        segmentation != nil
      }
    switch rows {
    case .polygon: change = hasOutline ? .blankOutlines : .boxCorners
    case .oriented: change = hasOutline ? .uprightOutlines : nil
    case .box: break
    }
  }
}

extension YOLOCorners {
  private mutating func take(_ polygons: Polygons, on image: Image) {
    if polygons.onlyRing != nil {
      ring = polygons
      return
    }
    let rings = polygons.soundRings
    let joined = JoinedRing(rings)
    ring = Polygons([joined.coordinates])
    change = rings.count == 1 ? .brokenParts : .joinedRings
    if let cover = OverlappingRings(rings, on: image)?.cover(unless: joined) {
      ring = Polygons([cover])
      change = .overlappingRings
    }
  }

  private mutating func take(_ mask: RunLengthMask, on image: Image) {
    guard mask.covers(image), let outline = try? mask.polygons(), !outline.isEmpty else { return }
    ring = Polygons([JoinedRing(outline.rings).coordinates])
    change = .outlinedMasks
  }
}

extension Polygons {
  /// Whether sound rings enclose a box with an area.
  fileprivate var hasOutline: Bool {
    let sound = onlyRing ?? Polygons(soundRings)
    return sound.extent.map { $0.width > 0 && $0.height > 0 } ?? false
  }

  /// Whether there is no corner.
  fileprivate var isBlank: Bool { extent == nil }

  /// The four corners of an oriented box: a single convex ring of four, the first perhaps repeated
  /// at its end. Whether its angles are right is left to the reader, as in sets of oriented boxes.
  fileprivate var quadrilateral: Polygons? {
    guard onlyRing != nil, var ring = rings.first else { return nil }
    if ring.count == 10, ring[0] == ring[8], ring[1] == ring[9] { ring.removeLast(2) }
    guard ring.count == 8 else { return nil }
    let turns = (0..<4).map { index -> Double in
      let (a, b, c) = (2 * index, 2 * ((index + 1) % 4), 2 * ((index + 2) % 4))
      return (ring[b] - ring[a]) * (ring[c + 1] - ring[b + 1])
        - (ring[b + 1] - ring[a + 1]) * (ring[c] - ring[b])
    }
    let isConvex = turns.allSatisfy { $0 > 0 } || turns.allSatisfy { $0 < 0 }
    return isConvex ? Polygons([ring]) : nil
  }
}

extension RunLengthMask {
  /// Returns whether it is a mask of an image of this size.
  fileprivate func covers(_ image: Image) -> Bool {
    height == image.height && width == image.width && (try? validate()) != nil
  }
}
