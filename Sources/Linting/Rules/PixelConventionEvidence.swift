import COCO

/// See `summary`.
struct PixelConventionEvidence: ReadingRule {
  static let kind = FaultKind.pixelConventionEvidence
  static let summary = "counts that suggest whether pixels were counted from 0 or from 1"
  static let explanation = """
    Pascal VOC counts pixels from 1 and includes the last pixel in the box; most tools that write \
    its XML count edges from 0. The file does not state which applies. A minimum of 0 suggests \
    edges, minima of 1 without any 0 suggest pixels counted from 1, and maxima equal to the \
    image's size fit both. `--voc-pixels one-based` subtracts 1 from every minimum.
    """
  static let files = [
    FileExample.flags(
      "a box that starts in column 1", "voc", .voc(ExampleText.object(xmin: "1")), .picture()),
    .allows("a box away from every edge, which is no evidence", "voc", .voc(), .picture()),
  ]
}
