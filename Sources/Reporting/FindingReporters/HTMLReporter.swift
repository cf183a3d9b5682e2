/// A reporter of findings as one self-contained page. Other facts about the dataset, and its
/// images, are on the page that a run makes.
struct HTMLReporter: FindingReporter {
  static let name = "html"
  static let showsFirst = true
  static let isPage = true

  private let options: FindingReportOptions

  init(_ options: FindingReportOptions) {
    self.options = options
  }

  func report(_ report: FindingReport) -> String {
    var page = DatasetPage(title: "Findings")
    page.findings = PageFindings(report, options)
    return page.html
  }
}
