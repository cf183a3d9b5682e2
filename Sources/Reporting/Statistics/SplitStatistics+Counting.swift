import COCO

extension SplitStatistics.Sizes {
  /// Returns the area of an object, or its box's if it has no usable one.
  static func area(_ area: Double?, box: Box?) -> Double? { usable(area) ?? usable(box) }

  /// Counts an object by its area.
  mutating func add(_ area: Double?) {
    guard let area else {
      unknown += 1
      return
    }
    if area < 32 * 32 {
      small += 1
    } else if area < 96 * 96 {
      medium += 1
    } else {
      large += 1
    }
  }

  private static func usable(_ area: Double?) -> Double? {
    guard let area, area.isFinite, area >= 0 else { return nil }
    return area
  }

  private static func usable(_ box: Box?) -> Double? {
    guard let box, !box.isInverted else { return nil }
    return usable(box.area)
  }

  static func += (left: inout Self, right: Self) {
    left.small += right.small
    left.medium += right.medium
    left.large += right.large
    left.unknown += right.unknown
  }
}

extension SplitStatistics.Forms {
  static func += (left: inout Self, right: Self) {
    left.crowds += right.crowds
    left.polygons += right.polygons
    left.runLengths += right.runLengths
    left.keypoints += right.keypoints
    left.withoutBox += right.withoutBox
    left.withoutExtent += right.withoutExtent
    left.withoutCategory += right.withoutCategory
    left.unknownCategory += right.unknownCategory
    left.unknownImage += right.unknownImage
  }
}
