/// Statistics as one page that needs nothing else: no network, no scripts.
struct HTMLStatisticsReporter: StatisticsReporter {
  static let name = "html"

  private let options: StatisticsReportOptions

  init(_ options: StatisticsReportOptions) {
    self.options = options
  }

  func report(_ statistics: Statistics) -> String {
    PageTemplate.statistics.render(StatisticsPage(statistics, title: options.title))
  }
}
