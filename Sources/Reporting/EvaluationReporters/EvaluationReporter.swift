public import DetectionMetrics

/// Shows an evaluation in one output format.
///
/// To add a format, add one file to `EvaluationReporters/` and one line to
/// `EvaluationReporters.all`.
public protocol EvaluationReporter: Sendable {
  /// The word that `--format` takes.
  static var name: String { get }
  /// Whether the output is a page, on which pictures are shown where they are known.
  static var isPage: Bool { get }
  init(_ options: EvaluationReportOptions)

  /// The whole output, with a line end at its end.
  func report(_ evaluation: Evaluation) -> String
}

extension EvaluationReporter {
  public static var isPage: Bool { false }
}

/// What a user can choose of a report of an evaluation.
public struct EvaluationReportOptions: Sendable {
  /// Whether text has a table of the categories; JSON always has.
  public var showsCategories = false
  /// Whether the report says how well scores tell the share of detections that are right.
  public var showsCalibration = false

  public init() {}
}

/// The formats that evaluations can be shown in.
public enum EvaluationReporters: ReporterList {
  public static let all: [any EvaluationReporter.Type] = [
    TextEvaluationReporter.self,
    JSONEvaluationReporter.self,
    HTMLEvaluationReporter.self,
  ]

  public static func name(of reporter: any EvaluationReporter.Type) -> String { reporter.name }
}
