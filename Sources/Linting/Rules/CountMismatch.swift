import COCO

/// See `summary`.
struct CountMismatch: EngineRule {
  static let kind = FaultKind.countMismatch
  static let summary = "labels or masks of another number than the boxes"
  static let explanation = """
    torchvision indexes labels and masks by the boxes' positions: with fewer it raises deep inside, \
    with more it learns the wrong ones. Each box needs one label and, for a model that learns masks, \
    one mask.
    """
  static let targets = [
    TargetExample.flags("two labels for one box") {
      $0.labels = .init("int64", [2], [1, 2])
    },
    .allows("a label for each box"),
  ]
}
