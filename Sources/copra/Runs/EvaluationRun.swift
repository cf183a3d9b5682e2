import COCO
import Console
import Files
import Metrics
import Reporting

/// What `copra evaluate` compares, and what it tells of that.
struct EvaluationRunSettings {
  /// A COCO file.
  var truth: String
  /// A JSON list of detections.
  var detections: String
  var evaluation: EvaluationSettings
  var report: EvaluationReportSettings
  var workers: Workers

  var inputs: [String] { [truth, detections] }
}

/// How an evaluation is shown, and where.
struct EvaluationReportSettings {
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
    var sources = Sources()
    let (dataset, truthFindings) = try await readTruth(source: sources.add(settings.truth))
    let results = try await DetectionReader(tasks: settings.workers.tasks("reading"))
      .read(InputFile(settings.detections), source: sources.add(settings.detections))
    var findings =
      truthFindings + results.findings + results.rejections.map(\.finding)
      + [results.fault].compactMap { $0 }
    if let fault = findings.first(where: \.isOfWholeFile) {
      FindingPrinter.print(findings, in: sources)
      let path = sources.paths[fault.origin?.file ?? 0]
      throw CommandFailure("nothing was evaluated: \(path) is broken")
    }
    guard !dataset.images.isEmpty else {
      FindingPrinter.print(findings, in: sources)
      throw CommandFailure("\(settings.truth): no images there to evaluate")
    }
    let (evaluation, further) = await FileEvaluation(
      dataset, detections: results.batches, settings: settings.evaluation
    ).evaluate(tasks: settings.workers.tasks("evaluating"))
    findings += further
    FindingPrinter.print(findings, in: sources)
    printNotes(results)
    try show(evaluation)
    let isClean = !findings.contains { $0.severity == .error }
    // Freeing a million records would take a while, and the system does it at once.
    withExtendedLifetime((dataset, results, evaluation)) {
      Ending.exit(isClean ? .clean : .findings)
    }
  }

  private func readTruth(source: Int) async throws -> (Dataset, [Finding]) {
    var reader = COCOReader(tasks: settings.workers.tasks("reading"))
    reader.needsFileNames = false
    let contents = try await reader.read(InputFile(settings.truth), source: source)
    return (contents.dataset, contents.findings + contents.rejections.map(\.finding))
  }

  private func printNotes(_ results: DetectionContents) {
    if results.count == 0 {
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

  private func show(_ evaluation: Evaluation) throws {
    let report = settings.report
    var options = EvaluationReportOptions()
    options.showsCategories = report.showsCategories
    options.showsCalibration = report.showsCalibration
    try writeArrays(evaluation)
    if let curves = report.curves {
      let drawing = EvaluationCurves(evaluation, title: Path.name(of: settings.detections))
      let isPage = Path.fileExtension(curves) == "html"
      try write(Array((isPage ? drawing.html : drawing.svg).utf8), to: curves)
    }
    let text = report.reporter.init(options).report(evaluation)
    if let output = report.output {
      try write(Array(text.utf8), to: output)
    } else {
      try Terminal.print(text)
    }
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

extension Finding {
  /// Whether it says that a file is not all JSON, so that no one knows what it was meant to hold.
  fileprivate var isOfWholeFile: Bool {
    severity == .error && (kind == .malformedFile || kind == .unsupportedEncoding)
  }
}
