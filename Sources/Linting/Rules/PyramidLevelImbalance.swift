import COCO

/// See `summary`.
struct PyramidLevelImbalance: EngineRule {
  static let kind = FaultKind.pyramidLevelImbalance
  static let summary = "nearly all boxes are taken from one feature map of a pyramid"
  static let explanation = """
    A detector with a feature pyramid takes small boxes from fine maps and large ones from coarse \
    maps. Where 95 of 100 boxes come from one map, the others cost time and hardly learn. Choose the \
    size of the pictures (`--min-size`, `--max-size`) so that boxes are about 224 pixels large, or a \
    backbone with fewer maps (`returned_layers`).
    """
  static let targets = [
    TargetExample.flags("boxes that are all as large as this one", byModel: true),
    .allows("a single box in a set"),
  ]
}
