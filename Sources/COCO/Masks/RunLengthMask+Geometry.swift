extension RunLengthMask {
  /// The number of pixels in the mask: pycocotools' `area`.
  public var area: Int {
    var area = 0
    for index in stride(from: 1, to: counts.count, by: 2) { area += Int(counts[index]) }
    return area
  }

  /// The smallest box of whole pixels around the mask; all zeros for an empty one.
  ///
  /// It follows pycocotools' `toBbox`: a run of ones that continues from one column into the next
  /// makes the box as high as the image. For a mask with nothing but empty runs of ones, where
  /// pycocotools gives a width near 2³², the box is all zeros.
  public var boundingBox: Box {
    guard let bounds else { return Box(x: 0, y: 0, width: 0, height: 0) }
    return Box(
      x: Double(bounds.x), y: Double(bounds.y), width: Double(bounds.width),
      height: Double(bounds.height))
  }

  /// The `boundingBox` in whole pixels; nil for an empty mask.
  var bounds: PixelWindow? {
    guard height > 0 else { return nil }
    var left = Int.max
    var right = -1
    var top = height - 1
    var bottom = 0
    var end = 0
    for index in stride(from: 1, to: counts.count, by: 2) {
      let start = end + Int(counts[index - 1])
      end = start + Int(counts[index])
      guard end > start else { continue }
      let (firstColumn, firstRow) = start.quotientAndRemainder(dividingBy: height)
      let lastRow = firstRow + (end - 1 - start)
      left = min(left, firstColumn)
      if lastRow < height {
        right = max(right, firstColumn)
        top = min(top, firstRow)
        bottom = max(bottom, lastRow)
      } else {
        right = max(right, (end - 1) / height)
        top = 0
        bottom = height - 1
      }
    }
    guard right >= 0 else { return nil }
    return PixelWindow(x: left, y: top, width: right - left + 1, height: bottom - top + 1)
  }

  /// Returns the numbers of pixels that both masks have and that at least one has.
  ///
  /// Runs are read from position 0 in both, so that only masks of one size can be compared.
  public func overlap(with other: RunLengthMask) -> (intersection: Int, union: Int) {
    var intersection = 0
    var union = 0
    forEachStretch(of: counts, and: other.counts) { length, inFirst, inSecond in
      if inFirst && inSecond { intersection += length }
      if inFirst || inSecond { union += length }
    }
    return (intersection, union)
  }

  /// Returns the intersection over union of this mask, a detection, with `truth`: pycocotools'
  /// `iou`.
  ///
  /// For a crowd region the divisor is the detection's own area. The result is 0 if the masks have
  /// no pixel in common, and −1, as in pycocotools, if their sizes differ and their boxes overlap.
  public func iou(with truth: RunLengthMask, isCrowd: Bool = false) -> Double {
    guard height == truth.height, width == truth.width else {
      return boxesOverlap(with: truth) ? -1 : 0
    }
    let (intersection, union) = overlap(with: truth)
    return intersection == 0 ? 0 : Double(intersection) / Double(isCrowd ? area : union)
  }

  private func boxesOverlap(with other: RunLengthMask) -> Bool {
    let first = boundingBox
    let second = other.boundingBox
    return min(first.x1, second.x1) > max(first.x0, second.x0)
      && min(first.y1, second.y1) > max(first.y0, second.y0)
  }
}
