import COCO

/// See `summary`.
struct NonBinaryMask: EngineRule {
  static let kind = FaultKind.nonBinaryMask
  static let summary = "a mask with values other than 0 and 1"
  static let explanation = """
    The mask loss treats the values as probabilities: a mask of 255 makes it that many times too \
    large, and training diverges. Divide by the largest value, or compare with 0.
    """
  static let targets = [
    TargetExample.flags("0 and 255") { $0.masks = .init("uint8", [1, 48, 64], [0, 255]) },
    .allows("0 and 1") { $0.masks = .init("uint8", [1, 48, 64], [0, 1]) },
  ]
}
