import Console
import DetectionMetrics
import Files
import Reporting

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

/// Shows an evaluation as a report's settings say.
struct EvaluationOutput {
  private let report: EvaluationReportSettings

  init(_ report: EvaluationReportSettings) {
    self.report = report
  }

  /// Throws before any work where an output must not be written.
  func refuseEarly(inputs: [String]) throws {
    try OverwriteGuard(replaces: report.replaces).check(report.outputs, inputs: inputs)
  }

  /// Writes all outputs; `page` makes the page, where one is asked for.
  func write(_ evaluation: Evaluation, page: () async throws -> DatasetPage) async throws {
    tellOfLimits(evaluation.settings)
    var options = EvaluationReportOptions()
    options.showsCategories = report.showsCategories
    options.showsCalibration = report.showsCalibration
    try writeArrays(evaluation)
    if let curves = report.curves {
      let isPage = Path.fileExtension(curves) == "html"
      let drawing = isPage ? try await page().html : EvaluationCurves(evaluation).svg
      try write(Array(drawing.utf8), to: curves)
    }
    let text =
      report.isPage
      ? try await page().html : report.reporter.init(options).report(evaluation)
    if let output = report.output {
      try write(Array(text.utf8), to: output)
    } else {
      try Terminal.print(text)
    }
  }

  private func tellOfLimits(_ settings: EvaluationSettings) {
    guard !settings.isFederated, settings.iouType != .keypoints,
      !settings.maximumDetections.contains(100)
    else { return }
    Terminal.message(
      "note: the first figure is -1, as it requires 100 detections per image, as in pycocotools")
  }

  private func writeArrays(_ evaluation: Evaluation) throws {
    guard let folder = report.arrays else { return }
    try Folder.make(folder)
    let axes = evaluation.settings
    let (thresholds, recalls) = (axes.iouThresholds.count, axes.recallThresholds.count)
    let last = [evaluation.categories.count, axes.areaRanges.count, axes.maximumDetections.count]
    let arrays = [
      (evaluation.precision, [thresholds, recalls] + last),
      (evaluation.recall, [thresholds] + last),
      (evaluation.scores, [thresholds, recalls] + last),
    ]
    for (path, (values, shape)) in zip(report.arrayPaths, arrays) {
      try write(NumPyArray.bytes(values, shape: shape), to: path)
    }
  }

  private func write(_ bytes: [UInt8], to path: String) throws {
    try Folder.make(Path.folder(of: path))
    try OutputFile.write(bytes, to: path)
    Terminal.message("wrote \(path)")
  }
}
