import ArgumentParser
import Files
import Reporting

/// What is worked out of an evaluation beside its figures.
struct EvaluationOptions: ParsableArguments {
  @Flag(
    help: "Classify the errors by kind, with the AP that each kind costs, as TIDE does.")
  var errors = false

  @Flag(help: "Show the confusion matrix of the categories.")
  var confusion = false

  @Option(
    help: ArgumentHelp(
      "The score from which detections count in the confusion matrix.", valueName: "score"))
  var confusionScore = EvaluationReportSettings.confusionScore

  func validate() throws {
    if !confusionScore.isFinite {
      throw ValidationError("--confusion-score takes a number, found \(confusionScore)")
    }
  }
}

/// What is shown of an evaluation beside its figures, and where.
struct EvaluationFigureOptions: ParsableArguments {
  @Flag(help: "Show a table of the categories; JSON always contains it.")
  var perCategory = false

  @Flag(help: "Show how well scores predict the share of correct detections.")
  var calibration = false

  @Option(
    help: ArgumentHelp(
      "Draw precision over recall: .svg with all thresholds, or .html with all categories.",
      valueName: "file"),
    completion: .file(extensions: ["svg", "html"]))
  var curves: String?

  @Option(
    help: ArgumentHelp(
      "Write precision, recall and scores to this folder as NumPy's .npy files.",
      valueName: "folder"),
    completion: .directory)
  var arrays: String?

  func validate() throws {
    if let curves, !["svg", "html"].contains(Path.fileExtension(curves)) {
      throw ValidationError(
        "--curves takes a file with the extension .svg or .html, found \(curves)")
    }
  }

  func settings(
    _ reporter: any EvaluationReporter.Type, _ output: ReportOutputOptions
  ) -> EvaluationReportSettings {
    EvaluationReportSettings(
      reporter: reporter, showsCategories: perCategory, showsCalibration: calibration,
      curves: curves, arrays: arrays, output: output.path, replaces: output.force)
  }
}

/// Where a report goes.
struct ReportOutputOptions: ParsableArguments {
  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp("A file to write to instead of standard output.", valueName: "file"),
    completion: .file())
  var path: String?

  @Flag(help: "Replace outputs that exist.")
  var force = false
}
