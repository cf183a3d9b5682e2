public import COCO
import Files
public import Formats
public import Linting
public import Reporting

extension FindingReport {
  /// Creates a report of findings, moved to their fields as far as `reporter` shows them.
  ///
  /// - Parameters:
  ///   - imported: The import that the findings are about, read with `importOptions`.
  ///   - rules: The rules that were run.
  public init(
    _ findings: [Finding], of imported: Imported, rules: [any Rule],
    importOptions: ImportOptions, shownBy reporter: any FindingReporter.Type,
    _ options: FindingReportOptions
  ) {
    var finder = FieldFinder(imported.sources, format: imported.format, options: importOptions)
    finder.namesPaths = reporter.namesPaths
    let shown = ShownFiles(of: findings, by: reporter, options)
    self.init(
      findings.map { shown.mayHold($0) ? finder.locate($0) : $0 }, in: imported.sources,
      rules: rules.map { RuleDescription($0) }, toolVersion: Version.text)
  }
}

extension RuleDescription {
  /// Describes a rule, without its options and examples.
  public init(_ rule: some Rule) {
    let type = type(of: rule)
    self.init(type.id, type.severity, summary: type.summary, explanation: type.explanation)
    hasSafeFix = type.fixability == .safe || type.fixability == .both
    hasUnsafeFix = type.fixability == .unsafe || type.fixability == .both
    raiser = type.raiser.words
  }
}

extension DatasetPage {
  /// Creates a page of datasets that were read from `inputs`, with an account of all records.
  public init(of datasets: [Dataset], _ imported: Imported, from inputs: [String]) {
    self.init(title: Self.title(of: inputs), of: datasets)
    ledger = Ledger(imported)
    statistics = Statistics(datasets)
  }

  /// Returns the title of a page on inputs: their names.
  public static func title(of inputs: [String]) -> String {
    inputs.map { Path.name(of: $0) }.joined(separator: ", ")
  }

  /// Adds findings of what was imported, with rules and places.
  public mutating func addFindings(
    _ findings: [Finding], of imported: Imported, rules: [any Rule], importOptions: ImportOptions,
    showsAll: Bool = false
  ) {
    var options = FindingReportOptions(usesColour: false)
    options.offersFixes = true
    options.shownPerRule = PageFindings.shownPerRule
    options.showsAll = showsAll
    self.findings = PageFindings(
      FindingReport(
        findings, of: imported, rules: rules, importOptions: importOptions,
        shownBy: FindingReporters.page, options), options)
  }
}
