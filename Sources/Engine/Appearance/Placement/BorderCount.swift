/// The number of boxes that end at one border of their image and not at the opposite one: about as
/// many at the left as at the right, unless coordinates are too large and were clipped.
struct BorderCount: Sendable {
  private(set) var left = 0
  private(set) var right = 0
  private(set) var boxes = 0

  /// The largest distance from a border at which a box ends there, in parts of the image's width.
  private static let nearness = 0.003
  private static let leastShare = 0.15
  private static let leastRatio = 2
  /// The certainty in standard deviations of chance, which one of a thousand sound sets reaches.
  private static let certainty = 3.0

  mutating func add(_ box: RelativeBox) {
    boxes += 1
    let (isLeft, isRight) = (box.x0 <= Self.nearness, box.x1 >= 1 - Self.nearness)
    if isLeft && !isRight { left += 1 }
    if isRight && !isLeft { right += 1 }
  }

  /// Whether far more boxes end at the right than begin at the left.
  var isCutAtTheRight: Bool {
    guard Double(right) >= Self.leastShare * Double(boxes), right > Self.leastRatio * left else {
      return false
    }
    return Double(right - left - 1) > Self.certainty * Double(left + right).squareRoot()
  }
}
