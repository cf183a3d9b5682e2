import COCO

/// See `summary`.
struct CountMismatch: EngineRule {
  static let kind = FaultKind.countMismatch
  static let summary = "a number of labels or masks that differs from the number of boxes"
  static let explanation = """
    torchvision indexes labels and masks by the positions of the boxes: with too few it raises an \
    error deep inside the model, with too many it learns the wrong ones. Provide one label per box \
    and, for a model that learns masks, one mask.
    """
  static let targets = [
    TargetExample.flags("two labels for one box") {
      $0.labels = .init("int64", [2], [1, 2])
    },
    .allows("one label per box"),
  ]
}
