import COCO

/// See `summary`.
struct NonFiniteImage: EngineRule {
  static let kind = FaultKind.nonFiniteImage
  static let summary = "samples of NaN or infinity"
  static let explanation = """
    One such sample makes the loss NaN, and every weight after it. A division by a maximum of 0 is the \
    usual cause.
    """
  static let targets = [
    TargetExample.flags("a sample that is not a number") {
      $0.image = .init("float32", [3, 48, 64], [.nan, 0.5])
    },
    .allows("finite samples"),
  ]
}
