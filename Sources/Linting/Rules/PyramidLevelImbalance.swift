import COCO

/// See `summary`.
struct PyramidLevelImbalance: EngineRule {
  static let kind = FaultKind.pyramidLevelImbalance
  static let summary = "a pyramid of which one feature map receives nearly all boxes"
  static let explanation = """
    A detector with a feature pyramid takes small boxes from fine maps and large ones from coarse \
    maps. If 95 of 100 boxes come from one map, the others cost time and hardly learn. Choose an \
    image size (`--min-size`, `--max-size`) at which boxes are about 224 pixels large, or a \
    backbone with fewer maps (`returned_layers`).
    """
  static let targets = [
    TargetExample.flags("boxes that are all of this size", byModel: true),
    .allows("a single box in a set"),
  ]
}
