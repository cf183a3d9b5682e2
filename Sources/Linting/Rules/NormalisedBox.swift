import COCO

/// See `summary`.
struct NormalisedBox: EngineRule {
  static let kind = FaultKind.normalisedBox
  static let summary = "a box in fractions of the image's size instead of pixels"
  static let explanation = """
    All corners lie between 0 and 1 on an image of many pixels, so the model would learn boxes \
    smaller than a pixel. Multiply them by the image's width and height.
    """
  static let targets = [
    TargetExample.flags("corners as fractions, as in YOLO") {
      $0.boxes = .init("float32", [1, 4], [0.15, 0.16, 0.47, 0.58])
    },
    .allows("corners in pixels"),
  ]
}
