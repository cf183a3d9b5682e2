import COCO
import DetectionMetrics

/// A reporter of an evaluation for people: the summary as pycocotools prints it, then the requested
/// tables.
struct TextEvaluationReporter: EvaluationReporter {
  static let name = "text"

  private let options: EvaluationReportOptions

  init(_ options: EvaluationReportOptions) {
    self.options = options
  }

  func report(_ evaluation: Evaluation) -> String {
    let figures = evaluation.summary + evaluation.furtherSummary
    var sections = [figures.map { $0.line + "\n" }.joined()]
    if options.showsCategories { sections.append(categories(evaluation)) }
    if let errors = evaluation.errors { sections.append(self.errors(errors)) }
    if let confusion = evaluation.confusion { sections.append(ConfusionText.text(confusion)) }
    if options.showsCalibration { sections.append(calibration(evaluation.calibration)) }
    return sections.joined(separator: "\n")
  }

  private func categories(_ evaluation: Evaluation) -> String {
    let rows = CategoryFigures.all(of: evaluation)
    let numbers = [TextTable.Alignment](repeating: .right, count: CategoryFigures.head.count - 1)
    var table = TextTable([.left] + numbers)
    table.add(CategoryFigures.head)
    for row in rows { table.add([row.name.printable.clipped(to: 24)] + row.cells) }
    return table.text
      + "  F1 is the highest at the lowest IoU threshold, score the threshold that reaches it\n"
  }

  private func errors(_ errors: ErrorAnalysis) -> String {
    var table = TextTable([.left, .right, .right])
    table.add("error", "count", "AP it costs")
    for kind in ErrorKind.allCases {
      table.add(
        kind.rawValue, (errors.counts[kind] ?? 0).grouped, (errors.costs[kind] ?? 0).fixed(2))
    }
    table.addRule()
    table.add("all false positives", "", errors.falsePositiveCost.fixed(2))
    table.add("all false negatives", "", errors.falseNegativeCost.fixed(2))
    return "Errors at IoU 0.50, where AP is \(errors.averagePrecision.fixed(2)) of 100\n"
      + table.text
  }

  private func calibration(_ calibration: CalibrationBins) -> String {
    var table = TextTable([.left, .right, .right, .right])
    table.add("score", "detections", "mean score", "right")
    for (index, bin) in calibration.bins.enumerated() where bin.count > 0 {
      let width = 1 / Double(calibration.bins.count)
      let edges = [Double(index) * width, Double(index + 1) * width].map { $0.fixed(1) }
      table.add(
        edges.joined(separator: "–"), bin.count.grouped, (bin.meanScore ?? 0).fixed(3),
        (bin.accuracy ?? 0).fixed(3))
    }
    let error = calibration.expectedError.map { $0.fixed(4) } ?? "–"
    let most = calibration.maximumError.map { $0.fixed(4) } ?? "–"
    return "Expected calibration error \(error), at most \(most)\n" + table.text
  }
}
