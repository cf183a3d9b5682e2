import COCO

/// Counts that tell how a set's corners were meant.
struct VOCTallies: Sendable {
  var boxes = 0
  /// Boxes with a corner at 0, which pixels counted from 1 cannot have.
  var zeros = 0
  /// Boxes whose corner is the picture's width or height.
  var atSize = 0
  /// Boxes that begin at 1 in x or y.
  var ones = 0

  mutating func add(_ other: VOCTallies) {
    boxes += other.boxes
    zeros += other.zeros
    atSize += other.atSize
    ones += other.ones
  }

  mutating func count(xmin: Double, ymin: Double, xmax: Double, ymax: Double, size: ImageSize) {
    boxes += 1
    if xmin == 0 || ymin == 0 { zeros += 1 }
    if xmin == 1 || ymin == 1 { ones += 1 }
    if xmax == Double(size.width) || ymax == Double(size.height) { atSize += 1 }
  }

  /// One finding with the counts, where there is anything to tell from.
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
    return [Finding("pixel-convention-evidence", .information, counts + advice)]
  }
}
