import COCO

/// See `summary`.
struct ImageOutOfRange: EngineRule {
  static let kind = FaultKind.imageOutOfRange
  static let summary = "samples that are not from 0 to 1"
  static let explanation = """
    The model subtracts the mean and divides by the deviation of samples from 0 to 1 itself. Samples \
    from 0 to 255, or normalised ones, make it see something that no weights were trained on. Divide \
    by 255, and do not normalise.
    """
  static let targets = [
    TargetExample.flags("from 0 to 255") { $0.image = .init("float32", [3, 48, 64], [127, 255]) },
    .allows("from 0 to 1") { $0.image = .init("float32", [3, 48, 64], [0, 1]) },
  ]
}
