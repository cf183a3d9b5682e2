import COCO

/// See `summary`.
struct MaskOutsideBox: AnnotationRule {
  static let kind = FaultKind.maskOutsideBox
  static let summary = "run lengths that cover a different area from their box"
  static let explanation = """
    The box and the mask contradict each other, so detection and segmentation are trained for \
    different targets. COCO counts run lengths down the columns; if they are counted along the \
    rows, as images are stored, the mask is torn into stripes, and the message reports when that \
    order would fit the box. Nothing shows which of the two is right, so there is no fix. \
    `tolerance` is how far the mask may extend past the box, in pixels. Polygons are reported as \
    `polygon-outside-box`.
    """
  static let examples = [
    Example.flags(
      "a mask at the right edge and a box at the left",
      .example(.object(1, 4, 4, 12, 10, area: 192, segmentation: stripe(from: 60, columns: 4)))),
    Example.flags(
      "counted along the rows",
      .example(
        .object(
          1, 0, 20, 64, 4, area: 256,
          segmentation: .runLengths(
            RunLengthMask(height: 48, width: 64, counts: [1280, 256, 1536]))))),
    Example.allows(
      "a mask inside its box",
      .example(.object(1, 58, 0, 6, 48, area: 192, segmentation: stripe(from: 60, columns: 4)))),
  ]

  /// Whole columns of a picture of 64×48 pixels.
  private static func stripe(from column: UInt32, columns: UInt32) -> Segmentation {
    .runLengths(
      RunLengthMask(
        height: 48, width: 64,
        counts: [column * 48, columns * 48, (64 - column - columns) * 48]))
  }

  var tolerance = 2.0

  func fault(of annotation: Annotation, in frame: Frame, of set: DatasetView) -> Fault? {
    guard frame.condition.isUsable, let box = annotation.box,
      let mask = annotation.segmentation?.mask,
      frame.outlineCondition(of: annotation) == .sound
    else { return nil }
    let extent = mask.boundingBox
    guard excess(of: extent, over: box) > tolerance else { return nil }
    let rows = mask.boundingBoxAlongRows
    let hint =
      excess(of: rows, over: box) <= tolerance && rows.intersectionOverUnion(box) >= 0.5
      ? "; counted along the rows it would fit, and COCO counts down the columns" : ""
    return fault(
      "the mask covers \(extent.cornersText), the box is \(box.cornersText)\(hint)",
      .segmentation)
  }

  /// How far a box reaches out of another one, in pixels.
  private func excess(of extent: Box, over box: Box) -> Double {
    max(box.x0 - extent.x0, box.y0 - extent.y0, extent.x1 - box.x1, extent.y1 - box.y1)
  }
}

extension RunLengthMask {
  /// The smallest box around the mask, were the runs counted along the rows.
  fileprivate var boundingBoxAlongRows: Box {
    let turned = RunLengthMask(height: width, width: height, counts: counts).boundingBox
    return Box(x: turned.y, y: turned.x, width: turned.height, height: turned.width)
  }
}
