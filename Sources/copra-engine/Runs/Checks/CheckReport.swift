import COCO
import Console
import DetectionMetrics
import Engine
import Files
import Formats
import Reporting

/// What a check has found so far. With `--format text` each part is printed when it is done, otherwise
/// all at the end.
struct CheckReport {
  let settings: CheckRunSettings
  /// The pictures that would be trained on.
  let samples: DetectionSamples
  /// Those of all splits, which looks and labels are about.
  let whole: DetectionSamples
  var findings: [Finding] = []
  /// Whether files of the pictures are there; without them nothing can be trained.
  var hasPictures = true
  /// Why there is nothing to learn.
  var nothingToLearn: String?
  var model: ModelReport?
  /// What predictions say against the annotations.
  var labelErrors: LabelErrors?
  /// What models that were learning the annotations made of them, and that by category, size and split.
  var labelHistory: LabelHistory?
  var labelLosses: MeanLosses?
  /// How the input compares with what it was made of.
  var comparison: ComparedTargets?
  /// Whether boxes and categories fit what the pictures show.
  var appearance: AppearanceReport?
  var cost: StepCost?
  var verdict: SmokeVerdict?

  init(_ settings: CheckRunSettings, samples: DetectionSamples, whole: DetectionSamples) {
    self.settings = settings
    self.samples = samples
    self.whole = whole
  }

  var errors: Int { findings.count { $0.severity == .error } }

  /// The one answer.
  var answer: CheckAnswer {
    if let nothingToLearn { return .notLearnable([nothingToLearn]) }
    if let verdict, verdict.outcome == .notLearnt { return .notLearnable(verdict.reasons) }
    if let appearance, !appearance.reasons.isEmpty { return .notLearnable(appearance.reasons) }
    if errors > 0 { return .trainAfterFixes(errors) }
    if let verdict, verdict.outcome != .learnt { return .undecided(verdict.reasons) }
    if let appearance, !appearance.doubts.isEmpty { return .undecided(appearance.doubts) }
    if let appearance, !appearance.boxesFit {
      return .undecided(["it cannot be determined whether boxes fit what the images show"])
    }
    return .ready
  }

  /// Prints what was found in the data, with the place of each field, and what a model sees.
  func printData(of imported: Imported, options: ImportOptions) throws {
    guard settings.format == .text else { return }
    var finder = FieldFinder(imported.sources, format: imported.format, options: options)
    finder.namesPaths = false
    var shown = FindingReportOptions(usesColour: Terminal.outputUsesColour)
    shown.offersFixes = true
    let text = FindingPrinter.text(
      findings.map { finder.locate($0) }, in: imported.sources, shown)
    try Terminal.print(text + "\n")
    try tell(CheckText.data(of: self))
    if let comparison { try tell([comparison.sentence]) }
    if let labelErrors { try tell(CheckText.labelErrors(labelErrors)) }
    if let model { try tell(CheckText.model(model, of: settings.examined.detector)) }
  }

  /// Prints lines at once where people read them.
  func tell(_ lines: [String]) throws {
    guard settings.format == .text, !lines.isEmpty else { return }
    try Terminal.print(lines.joined(separator: "\n") + "\n")
  }

  /// Prints the verdict, or the whole as one JSON object.
  func finish() throws {
    switch settings.format {
    case .text: try tell(CheckText.ending(of: self))
    case .json:
      var output = JSONOutput()
      output.append(.object(CheckJSON.object(of: self)))
      try Terminal.print(output.text + "\n")
    case .html: break
    }
  }
}

/// What a check comes to.
enum CheckAnswer {
  case ready
  case trainAfterFixes(Int)
  case notLearnable([String])
  case undecided([String])

  var status: ExitStatus {
    switch self {
    case .ready: .clean
    case .trainAfterFixes, .notLearnable: .findings
    case .undecided: .undecided
    }
  }

  /// What programs read.
  var word: String {
    switch self {
    case .ready: "ready"
    case .trainAfterFixes: "fix-first"
    case .notLearnable: "not-learnable"
    case .undecided: "undecided"
    }
  }
}
