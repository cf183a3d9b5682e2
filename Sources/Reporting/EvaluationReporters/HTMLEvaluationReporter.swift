import COCO
import DetectionMetrics

/// A reporter of an evaluation as one self-contained page. Its worst images are on the page that a
/// run makes.
struct HTMLEvaluationReporter: EvaluationReporter {
  static let name = "html"
  static let isPage = true

  init(_ options: EvaluationReportOptions) {}

  func report(_ evaluation: Evaluation) -> String {
    var page = DatasetPage(title: "Evaluation")
    page.evaluation = PageEvaluation(evaluation)
    return page.html
  }
}
