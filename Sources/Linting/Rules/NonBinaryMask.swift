import COCO

/// See `summary`.
struct NonBinaryMask: EngineRule {
  static let kind = FaultKind.nonBinaryMask
  static let summary = "a mask of other values than 0 and 1"
  static let explanation = """
    The loss of a mask takes its values for probabilities: masks of 255 make it that many times too \
    large, and the training diverges. Divide by the largest value, or compare with 0.
    """
  static let targets = [
    TargetExample.flags("of 0 and 255") { $0.masks = .init("uint8", [1, 48, 64], [0, 255]) },
    .allows("of 0 and 1") { $0.masks = .init("uint8", [1, 48, 64], [0, 1]) },
  ]
}
