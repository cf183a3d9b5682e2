public import DetectionMetrics

/// A reporter that shows an evaluation in one output format.
///
/// To add a format, add one file to `EvaluationReporters/` and one line to
/// `EvaluationReporters.all`.
public protocol EvaluationReporter: Sendable {
  /// The word that `--format` takes.
  static var name: String { get }
  /// Whether the output is a page, which shows images if they are available.
  static var isPage: Bool { get }
  init(_ options: EvaluationReportOptions)

  /// Returns the whole output, ending with a newline.
  func report(_ evaluation: Evaluation) -> String
}

extension EvaluationReporter {
  /// False, by default.
  public static var isPage: Bool { false }
}

/// The user's options for the report of an evaluation.
public struct EvaluationReportOptions: Sendable {
  /// Whether text has a table of the categories; JSON always has one.
  public var showsCategories = false
  /// Whether the report shows how well scores agree with the share of detections that are right.
  public var showsCalibration = false

  /// Creates the default options.
  public init() {}
}

/// The output formats of evaluations.
public enum EvaluationReporters: ReporterList {
  /// All reporters, in the order in which they are listed.
  public static let all: [any EvaluationReporter.Type] = [
    TextEvaluationReporter.self,
    JSONEvaluationReporter.self,
    HTMLEvaluationReporter.self,
  ]

  /// Returns the word that `--format` takes for a reporter.
  public static func name(of reporter: any EvaluationReporter.Type) -> String { reporter.name }
}
