public import COCO
public import Files

/// Shows findings in one output format.
///
/// To add a format, add one file to `FindingReporters/` and one line to `FindingReporters.all`.
public protocol FindingReporter: Sendable {
  /// The word that `--format` takes.
  static var name: String { get }
  /// Whether the output names the parts of records by their paths, as `annotations[12].bbox`.
  static var namesPaths: Bool { get }
  /// Whether people read the output, who are shown the first findings of each rule unless they ask for
  /// all.
  static var showsFirst: Bool { get }
  /// Whether the output is a page, on which more is shown than findings where it is known.
  static var isPage: Bool { get }
  init(_ options: FindingReportOptions)

  /// The whole output, with a line end at its end unless it is empty.
  func report(_ report: FindingReport) -> String
}

extension FindingReporter {
  public static var namesPaths: Bool { false }
  public static var showsFirst: Bool { false }
  public static var isPage: Bool { false }
}

/// How findings are shown.
public struct FindingReportOptions: Sendable {
  /// How many findings of one rule are shown to people, unless all are. Formats for programs give
  /// all findings always.
  public var shownPerRule = 20
  public var showsAll = false
  /// Whether severities and paths are set off for a terminal.
  public var usesColour = false
  /// Whether the command that reports takes `--fix` and `--unsafe-fixes`.
  public var offersFixes = false
  /// An absolute path: files below it are named relative to it.
  public var workingFolder: String?

  public init() {}

  /// At most so many findings of a rule.
  var limit: Int { showsAll ? .max : shownPerRule }
}

/// The formats that findings can be shown in.
public enum FindingReporters: ReporterList {
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

  /// The one whose output is a page.
  public static var page: any FindingReporter.Type { HTMLReporter.self }

  public static func name(of reporter: any FindingReporter.Type) -> String { reporter.name }
}

/// What a report of findings tells of.
public struct FindingReport: Sendable {
  public var findings: [Finding]
  /// What the origins of the findings refer to.
  public var sources: Sources
  /// The rules that were looked for. Findings of other rules are shown too, without description.
  public var rules: [RuleDescription]
  /// copra's own, for instance `1.2.3`.
  public var toolVersion: String

  public init(
    _ findings: [Finding], in sources: Sources, rules: [RuleDescription] = [], toolVersion: String
  ) {
    self.findings = findings
    self.sources = sources
    self.rules = rules
    self.toolVersion = toolVersion
  }
}
