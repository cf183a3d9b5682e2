/// Shows statistics in one output format.
///
/// To add a format, add one file to `StatisticsReporters/` and one line to
/// `StatisticsReporters.all`.
public protocol StatisticsReporter: Sendable {
  /// The word that `--format` takes.
  static var name: String { get }
  init(_ options: StatisticsReportOptions)

  /// The whole output, with a line end at its end.
  func report(_ statistics: Statistics) -> String
}

/// What a user can choose of a statistics report.
public struct StatisticsReportOptions: Sendable {
  /// What the report is of, as the heading of a page says it.
  public var title = "Dataset statistics"

  public init() {}
}

/// The formats that statistics can be shown in.
public enum StatisticsReporters: ReporterList {
  public static let all: [any StatisticsReporter.Type] = [
    TextStatisticsReporter.self,
    JSONStatisticsReporter.self,
    HTMLStatisticsReporter.self,
  ]

  public static func name(of reporter: any StatisticsReporter.Type) -> String { reporter.name }
}
