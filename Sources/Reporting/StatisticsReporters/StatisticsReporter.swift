/// A reporter that shows statistics in one output format.
///
/// To add a format, add one file to `StatisticsReporters/` and one line to
/// `StatisticsReporters.all`.
public protocol StatisticsReporter: Sendable {
  /// The word that `--format` takes.
  static var name: String { get }
  init(_ options: StatisticsReportOptions)

  /// Returns the whole output, ending with a newline.
  func report(_ statistics: Statistics) -> String
}

/// The user's options for a report of statistics.
public struct StatisticsReportOptions: Sendable {
  /// The heading of a page, which names the subject of the report.
  public var title = "Dataset statistics"

  /// Creates the default options.
  public init() {}
}

/// The output formats of statistics.
public enum StatisticsReporters: ReporterList {
  /// All reporters, in the order in which they are listed.
  public static let all: [any StatisticsReporter.Type] = [
    TextStatisticsReporter.self,
    JSONStatisticsReporter.self,
    HTMLStatisticsReporter.self,
  ]

  /// Returns the word that `--format` takes for a reporter.
  public static func name(of reporter: any StatisticsReporter.Type) -> String { reporter.name }
}
