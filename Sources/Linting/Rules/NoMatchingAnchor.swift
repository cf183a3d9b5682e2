import COCO

/// See `summary`.
struct NoMatchingAnchor: EngineRule {
  static let kind = FaultKind.noMatchingAnchor
  static let summary = "a box that no anchor of the model overlaps by 0.5"
  static let explanation = """
    A detector starts from anchors, boxes of fixed sizes and shapes all over the image, and learns \
    how to move each of them. Compared at the model's input size, a box that no anchor overlaps by \
    0.5 is learnt from a single poor anchor and is easily missed, because it is far smaller, larger, \
    longer or thinner than the anchors. A detector without anchors, such as FCOS, is reported if it \
    has no place on a feature map for the box. `copra check` fits sizes and aspect ratios to the \
    data and prints the lines for `model.yaml`; training on larger images (`--min-size`) helps \
    small boxes.
    """
  static let targets = [
    TargetExample.flags("a box of 60 by 2 pixels", byModel: true) {
      $0.boxes = .init("float32", [1, 4], [2, 10, 62, 12])
    },
    .allows("a box as tall as it is wide"),
  ]
}
