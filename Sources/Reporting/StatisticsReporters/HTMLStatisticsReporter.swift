/// A reporter of statistics as one self-contained page, without network and fonts.
struct HTMLStatisticsReporter: StatisticsReporter {
  static let name = "html"

  private let options: StatisticsReportOptions

  init(_ options: StatisticsReportOptions) {
    self.options = options
  }

  func report(_ statistics: Statistics) -> String {
    var page = DatasetPage(title: options.title)
    page.statistics = statistics
    return page.html
  }
}
