import COCO

/// See `summary`.
struct ImageOutOfRange: EngineRule {
  static let kind = FaultKind.imageOutOfRange
  static let summary = "samples outside the range 0 to 1"
  static let explanation = """
    The model itself subtracts the mean and divides by the standard deviation, and expects samples \
    from 0 to 1. Given samples from 0 to 255, or normalised ones, it sees something that no \
    weights were trained on. Divide by 255, and do not normalise.
    """
  static let targets = [
    TargetExample.flags("from 0 to 255") { $0.image = .init("float32", [3, 48, 64], [127, 255]) },
    .allows("from 0 to 1") { $0.image = .init("float32", [3, 48, 64], [0, 1]) },
  ]
}
