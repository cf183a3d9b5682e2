import COCO
import DetectionMetrics
import Testing

@testable import Reporting

@Suite("Pages of evaluations and checks")
struct PageEvaluationTests {
  private static let dataset = Dataset(
    images: (1...3).map { Image(id: $0, fileName: "\($0).jpg", width: 100, height: 100) },
    annotations: (1...3).map {
      Annotation(
        id: $0, imageID: $0, categoryID: 1, box: Box(x: 10, y: 10, width: 20, height: 20),
        area: 400)
    },
    categories: [Category(id: 1, name: "crab")])

  /// The first picture's object is found, the second one's too beside a false one, the third's not.
  private func page() async -> PageEvaluation {
    let found = [(1, 10.0), (2, 10), (2, 60)].map { image, x in
      Detection(
        imageID: image, categoryID: 1, score: 0.9, box: Box(x: x, y: 10, width: 20, height: 20))
    }
    var settings = EvaluationSettings(.bbox)
    settings.confusionScore = 0.25
    var evaluator = Evaluator(categories: Self.dataset.categories, settings: settings)
    for (image, truth) in zip(Self.dataset.images, Self.dataset.annotations) {
      evaluator.add(
        image, truths: [truth], detections: found.filter { $0.imageID == image.id })
    }
    var contents = DetectionContents()
    contents.batches = [found]
    return PageEvaluation(await evaluator.evaluation(), of: [Self.dataset], contents)
  }

  @Test func `the worst pictures are those with mistakes, and tell which`() async {
    let page = await page()
    #expect(page.worst.map(\.image.index) == [1, 2])
    #expect(page.worst.map(\.missed.count) == [0, 1])
    #expect(page.worst.map(\.wrong.count) == [1, 0])
  }

  @Test func `twelve figures, curves and the confusion of categories stand on the page`() async {
    var page = DatasetPage(title: "p", of: [Self.dataset])
    page.evaluation = await self.page()
    for part in ["AP50", "<polyline", "Confusion between categories", "0 missed, 1 false", "crab"] {
      #expect(page.html.contains(part), "\(part)")
    }
  }

  @Test
  func `a check brings its verdict, the overlap of anchors, and likely label errors`() throws {
    let text = """
      {"verdict": "fix-first", "errors": 2, "reasons": ["<b>"], "next": "copra <train>",
       "model": {"name": "m", "recall": {"objects": 3, "at_50": 0.5, "at_70": 0.25,
         "mean_best_iou": 0.4}},
       "label_scores": [
         {"is_error": true, "kind": "likely-wrong-label", "score": 0.1, "image_id": 2, "annotation_id": 2,
          "message": "<seen> as another"},
         {"is_error": false, "kind": "likely-wrong-label", "score": 0.9, "image_id": 1, "annotation_id": 1},
         {"is_error": true, "kind": "likely-missing-label", "score": 0.2, "image_id": 9, "bbox": [1, 2, 3, 4]}]}
      """
    let value = try #require(JSONTextParser().value(text))
    guard case .object(let object) = value else { return }
    let check = try #require(PageCheck(object, of: [Self.dataset]))
    #expect(check.labelErrors.map(\.image.index) == [1])
    // Two splits that share ids: what a check joins is numbered anew, 2 is the first one's second image.
    let split = try #require(PageCheck(object, of: [Self.dataset, Self.dataset]))
    #expect(split.labelErrors.map(\.image) == [RecordReference(.image, 1, dataset: 0)])
    var page = DatasetPage(title: "p", of: [Self.dataset])
    page.check = check
    let html = page.html
    #expect(html.contains("<b>train after 2 fixes</b> <span>&lt;b&gt;</span>"))
    #expect(html.contains("Next: copra &lt;train&gt;"))
    #expect(html.contains("<td>50.0 %</td><td>25.0 %</td><td>0.40</td>"))
    #expect(html.contains("&lt;seen&gt; as another"))
  }
}
