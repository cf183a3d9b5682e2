import COCO

/// See `summary`.
struct PixelConventionEvidence: ReadingRule {
  static let kind = FaultKind.pixelConventionEvidence
  static let summary = "counts that tell whether pixels were counted from 0 or from 1"
  static let explanation = """
    Pascal VOC counts pixels from 1 and its last pixel belongs to the box; most tools that write \
    its XML count edges from 0. The file does not say which. A minimum of 0 speaks for edges, \
    minima of 1 without a 0 for pixels from 1, and maxima equal to the picture's size fit both. \
    `--voc-pixels one-based` takes 1 off every minimum.
    """
  static let files = [
    FileExample.flags(
      "a box that begins in column 1", "voc", .voc(ExampleText.object(xmin: "1")), .picture()),
    .allows("a box away from every edge, which tells nothing", "voc", .voc(), .picture()),
  ]
}
