import COCO

/// See `summary`.
struct NonFiniteImage: EngineRule {
  static let kind = FaultKind.nonFiniteImage
  static let summary = "samples that are NaN or infinite"
  static let explanation = """
    One such sample makes the loss NaN, and then every weight. The usual cause is a division by a \
    maximum of 0.
    """
  static let targets = [
    TargetExample.flags("a sample that is NaN") {
      $0.image = .init("float32", [3, 48, 64], [.nan, 0.5])
    },
    .allows("finite samples"),
  ]
}
