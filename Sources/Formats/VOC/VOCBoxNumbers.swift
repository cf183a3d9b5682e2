import COCO

/// The numbers that VOC has for a box.
struct VOCBoxNumbers {
  private let pixels: ImportOptions.VOCPixels
  private let areWhole: Bool

  init(_ options: ExportOptions) {
    pixels = options.vocPixels
    areWhole = options.vocIsWhole
  }

  /// Returns the box that is written: where numbers are to be whole, with each edge at the nearest
  /// whole pixel, half a pixel off at most. A box that would be empty gets the pixel that holds its
  /// middle, and a box that is empty stays so.
  func meant(_ box: Box) -> Box {
    guard areWhole, !box.isInverted else { return box }
    let (x0, x1) = Self.whole(box.x0, box.writtenX1)
    let (y0, y1) = Self.whole(box.y0, box.writtenY1)
    return Box(x0: x0, y0: y0, x1: x1, y1: y1)
  }

  /// Returns the number for the left or upper edge, of which reading gives the edge again. That of the
  /// right or lower one is the edge itself, since the last pixel belongs to the box.
  func least(_ edge: Double) -> Double {
    switch pixels {
    case .asWritten: edge
    case .oneBased: Box.edge(from: 1, extent: edge)
    }
  }

  private static func whole(_ start: Double, _ end: Double) -> (Double, Double) {
    let nearest = (rounded(start), rounded(end))
    if nearest.0 < nearest.1 || start >= end { return nearest }
    let pixel = ((start + end) / 2).rounded(.down)
    return (pixel, pixel + 1)
  }

  /// Halves go up, also below 0, so that boxes of whole sizes keep them.
  private static func rounded(_ edge: Double) -> Double {
    (edge + 0.5).rounded(.down)
  }
}
