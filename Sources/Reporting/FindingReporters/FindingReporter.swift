public import COCO

/// Shows findings in one output format.
///
/// To add a format, add one file to `FindingReporters/` and one line to `FindingReporters.all`.
public protocol FindingReporter: Sendable {
  /// The word that `--format` takes.
  static var name: String { get }
  init(_ options: FindingReportOptions)

  /// The whole output, with a line end at its end. `sources` are what the origins refer to.
  func report(_ findings: [Finding], in sources: Sources) -> String
}

/// What a user can choose of a report of findings.
public struct FindingReportOptions: Sendable {
  /// How many findings of one rule are shown, unless all are.
  public var shownPerRule = 20
  public var showsAll = false
  /// Whether severities and paths are set off for a terminal.
  public var usesColour = false
  /// An absolute path: files below it are named relative to it.
  public var workingFolder: String?

  public init() {}
}
