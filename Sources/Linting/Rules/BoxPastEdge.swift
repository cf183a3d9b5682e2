import COCO

/// See `summary`.
struct BoxPastEdge: AnnotationRule {
  static let severity = Finding.Severity.warning
  static let fixability = Fixability.safe
  static let summary = "a box that reaches past the edge of the picture"
  static let explanation = """
    What is past the edge cannot be seen, so a model cannot learn it, and loaders differ in whether \
    they cut it off. Half a pixel is let pass, as rounding makes it. The fix cuts box and outline \
    off at the edge.
    """
  static let examples = [
    Example.flags(
      "4 px past the right edge", .example(.object(1, 50, 10, 18, 12)),
      mended: .example(.object(1, 50, 10, 14, 12))),
    Example.flags(
      "with its outline",
      .example(
        .object(1, 50, 10, 18, 12, area: 168, segmentation: .ring(50, 10, 68, 10, 68, 22, 50, 22))
      ),
      mended: .example(
        .object(1, 50, 10, 14, 12, segmentation: .ring(50, 10, 64, 10, 64, 22, 50, 22)))),
    Example.allows("up to the edge, and half a pixel", .example(.object(1, 50, 10, 14.5, 12))),
  ]

  func fault(of annotation: Annotation, in frame: Frame, of set: DatasetView) -> Fault? {
    guard frame.condition == .pastEdge, let box = annotation.box else { return nil }
    let excess = max(-box.x0, -box.y0, box.x1 - frame.width, box.y1 - frame.height)
    var edits = [Fix.Edit.setBox(box.clipped(width: frame.width, height: frame.height))]
    if case .polygons(let polygons)? = annotation.segmentation, polygons.isFinite {
      let clipped = polygons.clipped(width: frame.width, height: frame.height)
      if clipped != polygons { edits.append(.setSegmentation(.polygons(clipped))) }
    }
    return Fault(
      "the box \(box.cornersText) reaches \(excess.shortest) px past the picture of "
        + frame.sizeText, .box, fix: Fix("cut it off at the edge", isSafe: true, edits: edits))
  }
}

extension Box {
  /// The part that lies on a picture of `width` × `height`.
  func clipped(width: Double, height: Double) -> Box {
    Box(
      x0: min(max(x0, 0), width), y0: min(max(y0, 0), height), x1: min(max(x1, 0), width),
      y1: min(max(y1, 0), height))
  }
}
