public import COCO
public import Files

/// A reporter that shows findings in one output format.
///
/// To add a format, add one file to `FindingReporters/` and one line to `FindingReporters.all`.
public protocol FindingReporter: Sendable {
  /// The word that `--format` takes.
  static var name: String { get }
  /// Whether the output names the parts of records by their paths, as `annotations[12].bbox`.
  static var namesPaths: Bool { get }
  /// Whether the output is read by people, who see the first findings of each rule unless they
  /// request all.
  static var showsFirst: Bool { get }
  /// Whether the output is a page, which shows more than findings if it is available.
  static var isPage: Bool { get }
  init(_ options: FindingReportOptions)

  /// Returns the whole output, which is empty or ends with a newline.
  func report(_ report: FindingReport) -> String
}

extension FindingReporter {
  /// False, by default.
  public static var namesPaths: Bool { false }
  /// False, by default.
  public static var showsFirst: Bool { false }
  /// False, by default.
  public static var isPage: Bool { false }
}

/// The options of a report of findings.
public struct FindingReportOptions: Sendable {
  /// The number of findings of one rule that are shown to people, unless all are. Formats for
  /// programs always give all findings.
  public var shownPerRule = 20
  /// Whether people are shown all findings.
  public var showsAll = false
  /// Whether severities and paths are highlighted for a terminal.
  public var usesColour = false
  /// Whether the reporting command takes `--fix` and `--unsafe-fixes`.
  public var offersFixes = false
  /// The absolute path of a folder; files below it are named relative to it.
  public var workingFolder: String?

  /// Creates the default options.
  public init() {}

  /// The most findings of a rule that are shown.
  var limit: Int { showsAll ? .max : shownPerRule }
}

/// The output formats of findings.
public enum FindingReporters: ReporterList {
  /// All reporters, in the order in which they are listed.
  public static let all: [any FindingReporter.Type] = [
    TextReporter.self,
    JSONReporter.self,
    JSONLinesReporter.self,
    SARIFReporter.self,
    GitHubReporter.self,
    JUnitReporter.self,
    MarkdownReporter.self,
    HTMLReporter.self,
  ]

  /// The reporter whose output is a page.
  public static var page: any FindingReporter.Type { HTMLReporter.self }

  /// Returns the word that `--format` takes for a reporter.
  public static func name(of reporter: any FindingReporter.Type) -> String { reporter.name }
}

/// The content of a report of findings.
public struct FindingReport: Sendable {
  /// The findings to report.
  public var findings: [Finding]
  /// The sources that the origins of the findings refer to.
  public var sources: Sources
  /// The rules that were run. Findings of other rules are shown too, without description.
  public var rules: [RuleDescription]
  /// The version of copra, for example `1.2.3`.
  public var toolVersion: String

  /// Creates the content of a report.
  public init(
    _ findings: [Finding], in sources: Sources, rules: [RuleDescription] = [], toolVersion: String
  ) {
    self.findings = findings
    self.sources = sources
    self.rules = rules
    self.toolVersion = toolVersion
  }
}
