import COCO
import Console
import Datasets
import DetectionMetrics
import Files
import Formats
import Reporting

/// What `copra evaluate` compares, and what it tells of that.
struct EvaluationRunSettings {
  /// A COCO file.
  var truth: String
  /// A JSON list of detections.
  var detections: String
  var evaluation: EvaluationSettings
  /// Whether an id that is a text of digits is the number that it reads as.
  var joinsTextIDs = false
  var report: EvaluationReportSettings
  var workers: Workers

  var inputs: [String] { [truth, detections] }
}

/// How an evaluation is shown, and where.
struct EvaluationReportSettings {
  /// From which score on detections count among mistakes, unless the user says otherwise.
  static let confusionScore = 0.25

  var reporter: any EvaluationReporter.Type
  var showsCategories = false
  var showsCalibration = false
  /// A `.svg` or `.html` file for curves of precision over recall.
  var curves: String?
  /// A folder for NumPy's `.npy` files.
  var arrays: String?
  /// A file; nil for standard output.
  var output: String?
  /// Whether outputs that exist are replaced.
  var replaces = false

  /// Whether a page is written, which shows pictures too.
  var isPage: Bool { reporter.isPage }

  /// The files that are written below `arrays`, in the order of precision, recall and scores.
  var arrayPaths: [String] {
    arrays.map { folder in
      ["precision", "recall", "scores"].map { Path.join(folder, "\($0).npy") }
    } ?? []
  }

  var outputs: [String] { [output, curves].compactMap { $0 } + arrayPaths }
}

/// One run of `copra evaluate`: read both files, evaluate, say what was wrong, show the figures.
struct EvaluationRun {
  let settings: EvaluationRunSettings

  func run() async throws -> ExitStatus {
    try OverwriteGuard(replaces: settings.report.replaces)
      .check(settings.report.outputs, inputs: settings.inputs)
    var results = try await results()
    results.findings += Self.doubts(about: results)
    FindingPrinter.print(
      results.findings.located(in: results.sources), in: results.sources)
    printNotes(results)
    try await show(results)
    let isClean = !results.findings.contains { $0.severity == .error }
    // Freeing a million records would take a while, and the system does it at once.
    withExtendedLifetime(results) { Ending.exit(isClean ? .clean : .findings) }
  }

  /// So many detections tell what the boxes of all are.
  private static let mostSampled = 10_000

  /// What the boxes of the detections together say against the way in which they were read. The figures
  /// are what they are all the same.
  private static func doubts(about results: EvaluatedResults) -> [Finding] {
    let sample = Array(results.detections.batches.joined().prefix(mostSampled))
    guard let reading = BoxReading(of: sample, on: results.truth) else { return [] }
    let fault = reading.fault
    return [
      Finding(
        fault.kind, severity: .warning, "detections: \(fault.message)",
        at: sample[reading.first].origin)
    ]
  }

  private func results() async throws -> EvaluatedResults {
    var evaluator = ResultsEvaluator(settings: settings.evaluation)
    evaluator.joinsTextIDs = settings.joinsTextIDs
    evaluator.workers = settings.workers
    do {
      return try await evaluator.evaluate(settings.detections, against: settings.truth)
    } catch let unusable as UnusableResults {
      FindingPrinter.print(unusable.findings, in: unusable.sources)
      throw unusable
    }
  }

  private func printNotes(_ results: EvaluatedResults) {
    if results.detections.count == 0 {
      Terminal.message("note: \(settings.detections) holds no detections")
    }
    let limits = settings.evaluation.maximumDetections
    if !settings.evaluation.isFederated, settings.evaluation.iouType != .keypoints,
      !limits.contains(100)
    {
      Terminal.message(
        "note: the first figure is -1, since it asks for 100 detections an image, as in pycocotools"
      )
    }
  }

  private func show(_ results: EvaluatedResults) async throws {
    let report = settings.report
    let evaluation = results.evaluation
    var options = EvaluationReportOptions()
    options.showsCategories = report.showsCategories
    options.showsCalibration = report.showsCalibration
    try writeArrays(evaluation)
    if let curves = report.curves {
      let isPage = Path.fileExtension(curves) == "html"
      let drawing =
        isPage ? try await page(of: results).html : EvaluationCurves(evaluation).svg
      try write(Array(drawing.utf8), to: curves)
    }
    let text =
      report.isPage
      ? try await page(of: results).html : report.reporter.init(options).report(evaluation)
    if let output = report.output {
      try write(Array(text.utf8), to: output)
    } else {
      try Terminal.print(text)
    }
  }

  /// The page of the evaluation, with the worst pictures where their files are found.
  private func page(of results: EvaluatedResults) async throws -> DatasetPage {
    var page = DatasetPage(title: Path.name(of: settings.detections))
    if !results.findings.isEmpty {
      let report = FindingReport(
        results.findings.located(in: results.sources), in: results.sources,
        toolVersion: Version.text)
      page.findings = PageFindings(report, FindingReportOptions(usesColour: false))
    }
    var reader = DatasetReader()
    reader.format = .coco
    reader.options.judgesRecords = false
    reader.workers = settings.workers
    // Where a truth can be evaluated but not read as a dataset, there are just no pictures.
    let imported = try? await reader.read([settings.truth])
    page.datasets = imported?.datasets ?? []
    page.evaluation = PageEvaluation(
      results.evaluation, of: page.datasets, results.detections)
    if let imported { try await page.addPictures(of: imported, by: Thumbnails(readBy: reader)) }
    return page
  }

  private func writeArrays(_ evaluation: Evaluation) throws {
    guard let folder = settings.report.arrays else { return }
    try Folder.make(folder)
    let axes = evaluation.settings
    let (thresholds, recalls) = (axes.iouThresholds.count, axes.recallThresholds.count)
    let last = [evaluation.categories.count, axes.areaRanges.count, axes.maximumDetections.count]
    let arrays = [
      (evaluation.precision, [thresholds, recalls] + last),
      (evaluation.recall, [thresholds] + last),
      (evaluation.scores, [thresholds, recalls] + last),
    ]
    for (path, (values, shape)) in zip(settings.report.arrayPaths, arrays) {
      try write(NumPyArray.bytes(values, shape: shape), to: path)
    }
  }

  private func write(_ bytes: [UInt8], to path: String) throws {
    try Folder.make(Path.folder(of: path))
    try OutputFile.write(bytes, to: path)
    Terminal.message("wrote \(path)")
  }
}
