import COCO

/// A reporter of all findings, one JSON object on each line, in the order of their places.
struct JSONLinesReporter: FindingReporter {
  static let name = "jsonl"
  static let namesPaths = true

  private let options: FindingReportOptions

  init(_ options: FindingReportOptions) {
    self.options = options
  }

  func report(_ report: FindingReport) -> String {
    var output = JSONOutput()
    for entry in report.located(from: options.workingFolder) {
      output.append(entry)
      output.raw("\n")
    }
    return output.text
  }
}
