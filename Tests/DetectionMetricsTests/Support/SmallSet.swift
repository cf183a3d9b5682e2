import COCO
import DetectionMetrics

/// One image with objects and detections, each by its category, its left edge and its score; all are
/// 10 × 10 pixels and 100 apart, so that the edge tells the overlap.
struct SmallSet {
  var objects: [(category: Int, x: Double)] = []
  var crowds: [(category: Int, x: Double)] = []
  var detections: [(category: Int, x: Double, score: Double)] = []

  static let categories = [Category(id: 1, name: "crab"), Category(id: 2, name: "boat")]

  /// The evaluation, with all analyses.
  func evaluate() async -> Evaluation {
    var settings = EvaluationSettings(.bbox)
    settings.analysesErrors = true
    settings.confusionScore = 0.3
    var evaluator = Evaluator(categories: Self.categories, settings: settings)
    let truths = objects.map { ($0, 0) } + crowds.map { ($0, 1) }
    evaluator.add(
      Image(id: 1, fileName: "a.png", width: 2000, height: 100),
      truths: truths.enumerated().map { index, truth in
        Annotation(
          id: index + 1, imageID: 1, categoryID: truth.0.category, box: box(truth.0.x),
          isCrowd: truth.1, area: 100)
      },
      detections: detections.map {
        Detection(imageID: 1, categoryID: $0.category, score: $0.score, box: box($0.x))
      })
    return await evaluator.evaluation()
  }

  private func box(_ x: Double) -> Box { Box(x: x, y: 0, width: 10, height: 10) }
}
