import COCO

/// See `summary`.
struct NormalisedBox: EngineRule {
  static let kind = FaultKind.normalisedBox
  static let summary = "a box in parts of the picture's size where pixels are expected"
  static let explanation = """
    All corners lie between 0 and 1, on a picture of many pixels. The model would learn boxes of under \
    a pixel. Multiply by width and height.
    """
  static let targets = [
    TargetExample.flags("as YOLO writes corners") {
      $0.boxes = .init("float32", [1, 4], [0.15, 0.16, 0.47, 0.58])
    },
    .allows("in pixels"),
  ]
}
