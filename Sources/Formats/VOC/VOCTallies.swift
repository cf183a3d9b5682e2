import COCO
import Files

/// Counts that tell how a set's corners were meant.
struct VOCTallies: Sendable {
  var boxes = 0
  /// Boxes with a corner at 0, which pixels counted from 1 cannot have.
  var zeros = 0
  /// Boxes whose corner is the picture's width or height.
  var atSize = 0
  /// Boxes that begin at 1 in x or y.
  var ones = 0
  /// The first box that any of these counts.
  var first: Origin?

  mutating func add(_ other: VOCTallies) {
    boxes += other.boxes
    zeros += other.zeros
    atSize += other.atSize
    ones += other.ones
    first = first ?? other.first
  }

  mutating func count(_ corners: VOCCorners, at origin: Origin?, size: ImageSize) {
    boxes += 1
    let isZero = corners.x0 == 0 || corners.y0 == 0
    let isOne = corners.x0 == 1 || corners.y0 == 1
    let isAtSize = corners.x1 == Double(size.width) || corners.y1 == Double(size.height)
    if isZero { zeros += 1 }
    if isOne { ones += 1 }
    if isAtSize { atSize += 1 }
    if first == nil, isZero || isOne || isAtSize { first = origin }
  }

  /// One finding with the counts, at the first box that they count, where there is anything to tell from.
  func findings(pixels: ImportOptions.VOCPixels) -> [Finding] {
    guard zeros + ones + atSize > 0 else { return [] }
    let counts =
      "of \(boxes) boxes \(zeros) have a minimum of 0, \(ones) a minimum of 1, "
      + "\(atSize) a maximum equal to the size"
    let advice =
      switch pixels {
      case .asWritten where zeros == 0 && ones > 0:
        "; pixels may be counted from 1: see --voc-pixels one-based"
      case .oneBased where zeros > 0:
        "; a minimum of 0 speaks against --voc-pixels one-based"
      case .asWritten, .oneBased: ""
      }
    return [
      Finding(.pixelConventionEvidence, counts + advice, at: first)
    ]
  }
}
