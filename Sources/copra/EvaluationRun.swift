import COCO
import Console
import Glibc
import Metrics
import Reporting

/// One run of `copra evaluate`: read both files, evaluate, say what was wrong, show the figures.
struct EvaluationRun {
  let command: EvaluateCommand

  func run() async throws -> ExitStatus {
    let report = command.report
    let guardian = OverwriteGuard(replaces: report.force)
    try guardian.check(report.outputPaths, inputs: command.inputPaths)
    var sources = Sources()
    let (dataset, truthFindings) = try await readTruth(source: sources.add(command.truth))
    let results = try await DetectionReader(tasks: tasks(named: "reading"))
      .read(InputFile(command.detections), source: sources.add(command.detections))
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
      throw CommandFailure("\(command.truth): no images there to evaluate")
    }
    let (evaluation, further) = await FileEvaluation(
      dataset, detections: results.batches, settings: settings
    ).evaluate(tasks: tasks(named: "evaluating"))
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

  private var settings: EvaluationSettings {
    var settings = command.metric.settings
    settings.analysesErrors = command.report.errors
    settings.confusionScore = command.report.confusion ? command.report.confusionScore : nil
    return settings
  }

  private func tasks(named name: String) -> OrderedTasks {
    OrderedTasks(
      threads: command.threads ?? sysconf(Int32(_SC_NPROCESSORS_ONLN)),
      progress: ProgressBar.shown(name))
  }

  private func readTruth(source: Int) async throws -> (Dataset, [Finding]) {
    var reader = COCOReader(tasks: tasks(named: "reading"))
    reader.needsFileNames = false
    let contents = try await reader.read(InputFile(command.truth), source: source)
    return (contents.dataset, contents.findings + contents.rejections.map(\.finding))
  }

  private func printNotes(_ results: DetectionContents) {
    if results.count == 0 {
      Terminal.message("note: \(command.detections) holds no detections")
    }
    let limits = settings.maximumDetections
    if !settings.isFederated, settings.iouType != .keypoints, !limits.contains(100) {
      Terminal.message(
        "note: the first figure is -1, since it asks for 100 detections an image, as in pycocotools"
      )
    }
  }

  private func show(_ evaluation: Evaluation) throws {
    let report = command.report
    var options = EvaluationReportOptions()
    options.showsCategories = report.perCategory
    options.showsCalibration = report.calibration
    try writeArrays(evaluation)
    if let curves = report.curves {
      let drawing = EvaluationCurves(evaluation, title: Path.name(of: command.detections))
      let isPage = Path.fileExtension(curves) == "html"
      try write(Array((isPage ? drawing.html : drawing.svg).utf8), to: curves)
    }
    let text = report.format.reporter.init(options).report(evaluation)
    if let output = report.output {
      try write(Array(text.utf8), to: output)
    } else {
      try Terminal.print(text)
    }
  }

  private func writeArrays(_ evaluation: Evaluation) throws {
    guard let folder = command.report.arrays else { return }
    try Folder.make(folder)
    let settings = evaluation.settings
    let (thresholds, recalls) = (settings.iouThresholds.count, settings.recallThresholds.count)
    let last = [
      evaluation.categories.count, settings.areaRanges.count, settings.maximumDetections.count,
    ]
    let arrays = [
      (evaluation.precision, [thresholds, recalls] + last),
      (evaluation.recall, [thresholds] + last),
      (evaluation.scores, [thresholds, recalls] + last),
    ]
    for (path, (values, shape)) in zip(command.report.arrayPaths, arrays) {
      try write(NumPyArray.bytes(values, shape: shape), to: path)
    }
  }

  private func write(_ bytes: [UInt8], to path: String) throws {
    try Folder.make(Path.folder(of: path))
    let file = try OutputFile(path)
    try file.write(bytes)
    try file.commit()
    Terminal.message("wrote \(path)")
  }
}

extension Finding {
  /// Whether it says that a file is not all JSON, so that no one knows what it was meant to hold.
  fileprivate var isOfWholeFile: Bool {
    severity == .error && (rule == "malformed-file" || rule == "unsupported-encoding")
  }
}
