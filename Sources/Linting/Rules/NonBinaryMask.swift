import COCO

/// See `summary`.
struct NonBinaryMask: EngineRule {
  static let kind = FaultKind.nonBinaryMask
  static let summary = "a mask whose largest value is not 1"
  static let explanation = """
    The mask loss treats the values as probabilities of 0 to 1: a mask of 0 and 255 makes it about \
    255 times too large, and training diverges. Divide the mask by its largest value, or compare it \
    with 0. A mask of zeros is reported as `empty-mask`.
    """
  static let targets = [
    TargetExample.flags("0 and 255") { $0.masks = .init("uint8", [1, 48, 64], [0, 255]) },
    .allows("0 and 1") { $0.masks = .init("uint8", [1, 48, 64], [0, 1]) },
  ]
}
