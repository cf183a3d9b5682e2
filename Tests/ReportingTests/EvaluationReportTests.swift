import COCO
import DetectionMetrics
import Testing

@testable import Reporting

@Suite("Reports of evaluations")
struct EvaluationReportTests {
  /// Two objects, of which the first is found and the second taken for another category.
  private func evaluation(names: [String]) async -> Evaluation {
    let categories = names.enumerated().map { Category(id: $0 + 1, name: $1) }
    var settings = EvaluationSettings(.bbox)
    settings.confusionScore = 0.1
    settings.analysesErrors = true
    var evaluator = Evaluator(categories: categories, settings: settings)
    let boxes = [10.0, 50].map { Box(x: $0, y: 1, width: 20, height: 20) }
    evaluator.add(
      Image(id: 1, fileName: "a.png", width: 100, height: 50),
      truths: boxes.enumerated().map {
        Annotation(id: $0 + 1, imageID: 1, categoryID: $0 + 1, box: $1, area: 400)
      },
      detections: boxes.enumerated().map {
        Detection(imageID: 1, categoryID: 1, score: 0.9 - 0.5 * Double($0), box: $1)
      })
    return await evaluator.evaluation()
  }

  private func text(_ names: [String]) async -> String {
    var options = EvaluationReportOptions()
    options.showsCategories = true
    return TextEvaluationReporter(options).report(await evaluation(names: names))
  }

  @Test func `the table of categories has a row for each`() async {
    let text = await text(["crab", "boat"])
    let expected = """
        name  objects  found     AP   AP50   AP75    APs  APm  APl     AR     F1  score
        crab        1      2  1.000  1.000  1.000  1.000    –    –  1.000  1.000  0.900
        boat        1      0  0.000  0.000  0.000  0.000    –    –  0.000      –      –

      """
    #expect(text.contains(expected), "\(text)")
  }

  @Test func `few categories make a matrix`() async {
    let text = await text(["crab", "boat"])
    let expected = """
                    crab  boat  missed
        crab           1     0       0
        boat           1     0       0
        background     0     0       0

      """
    #expect(text.contains(expected), "\(text)")
  }

  @Test func `many categories make a list of what is mistaken most`() async {
    let text = await text((0..<20).map { "kind \($0)" })
    #expect(
      text.contains("  object  detected as  count\n  kind 1  kind 0           1\n"), "\(text)")
    #expect(text.contains("1 right, 1 of another category, 0 missed, 0 detections of nothing"))
  }

  @Test func `all kinds of errors are listed with what they cost`() async {
    let text = await text(["crab", "boat"])
    #expect(text.contains("AP is 50.00 of 100"))
    #expect(text.contains("classification           1        50.00"), "\(text)")
  }

  @Test func `names are escaped in drawings and pages`() async {
    let evaluation = await evaluation(names: ["<b>&\"crab", "boat"])
    var page = DatasetPage(title: "<title>")
    page.evaluation = PageEvaluation(evaluation)
    for text in [EvaluationCurves(evaluation).svg, page.html] {
      #expect(!text.contains("<b>&"))
      #expect(text.contains("<polyline points=\"46,"))
    }
    #expect(page.html.contains("&lt;b&gt;&amp;&quot;crab"))
    #expect(page.html.contains("<title>&lt;title&gt;</title>"))
  }

  @Test func `an evaluation without objects is drawn without lines`() async {
    let evaluator = Evaluator(categories: [], settings: EvaluationSettings(.bbox))
    let curves = EvaluationCurves(await evaluator.evaluation())
    #expect(!curves.svg.contains("<polyline"))
  }

  @Test func `arrays begin with NumPy's header, and at a multiple of 64 bytes`() {
    let bytes = NumPyArray.bytes([1, -1], shape: [2, 1])
    let header = "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 1, ), }"
    #expect(bytes.prefix(10) == [0x93, 78, 85, 77, 80, 89, 1, 0, 118, 0])
    #expect(String(decoding: bytes[10..<128], as: UTF8.self).hasPrefix(header))
    #expect(bytes[127] == UInt8(ascii: "\n"))
    #expect(bytes.suffix(16) == [0, 0, 0, 0, 0, 0, 0xF0, 0x3F, 0, 0, 0, 0, 0, 0, 0xF0, 0xBF])
  }
}
