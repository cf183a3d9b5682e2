import COCO

/// See `summary`.
struct NoMatchingAnchor: EngineRule {
  static let kind = FaultKind.noMatchingAnchor
  static let summary = "a box that no anchor of the model overlaps by half"
  static let explanation = """
    A detector starts from anchors, boxes of fixed sizes and shapes all over the picture, and learns \
    how each is to be moved. A box that no anchor overlaps by 0.5 is learnt from one poor anchor alone \
    and is easily missed. It is far smaller, larger, longer or thinner than the anchors. `copra check` \
    fits sizes and aspect ratios to the data and prints the lines for `model.yaml`; training on larger \
    pictures (`--min-size`) helps small boxes.
    """
  static let targets = [
    TargetExample.flags("a box of 60 by 2 pixels", byModel: true) {
      $0.boxes = .init("float32", [1, 4], [2, 10, 62, 12])
    },
    .allows("a box as high as it is wide"),
  ]
}
