import COCO
import Console
import Datasets
import DetectionMetrics
import Engine
import Files
import Formats
import Torch

/// What models say against labels: by given results, by given weights, or by models that are trained for
/// it.
extension CheckRun {
  /// Judges labels by results of a model that has not learnt these pictures. What cannot be read of them
  /// is printed.
  func judgeLabels(
    byResultsIn path: String, from imported: inout Imported, into report: inout CheckReport
  ) async throws {
    let ids = IDIndex(imported.datasets.flatMap { $0.images.map(\.id) })
    if imported.datasets.count > 1, !ids.repeated.isEmpty {
      throw CommandFailure("\(path): splits that share image ids must be checked one by one")
    }
    let contents = try await DetectionContents.results(
      in: path, workers: settings.linter.reader.workers, sources: &imported.sources)
    let errors = LabelErrors(report.whole.dataset, contents.batches.flatMap { $0 })
    report.labelErrors = errors
    report.findings += errors.findings
  }

  /// Judges labels by the detector of the weights that the training starts from, if it tells these very
  /// categories apart.
  func judgeLabels(
    of input: DetectionInput, into report: inout CheckReport, sources: Sources
  ) async throws {
    let detector = settings.trained
    let (samples, size) = try await readable(of: input)
    guard samples.count > 0, try detector.weightsTellApart(samples) else { return }
    let model = try detector.make(
      numClasses: samples.labels.count, keypoints: samples.keypoints?.count, input: size)
    let scores = try await DetectorEvaluation(
      samples, threads: Runtime.threads, progress: ProgressBar.shown("judging labels")
    ).evaluate(model)
    let errors = LabelErrors(samples.dataset, scores.detections.flatMap { $0 })
    try tell(errors, into: &report, sources: sources)
  }

  /// Trains models on all but one part of the pictures each, and holds the labels of that part against
  /// what they find.
  func crossTrain(
    _ folds: Int, on input: DetectionInput, into report: inout CheckReport, sources: Sources
  ) async throws {
    let detector = settings.trained
    let (samples, size) = try await readable(of: input)
    guard samples.count >= folds else {
      throw CommandFailure(
        "--folds \(folds): expected as many images that can be read, found \(samples.count)")
    }
    var training = CrossTraining(samples, folds: folds, budget: settings.budget)
    training.seed = detector.seed
    training.isEndingAsked = { Signals.isEndingAsked }
    Signals.deferEnding("the training stops after this step; repeat to stop at once")
    let display = TrainingDisplay()
    let result = try await training.run {
      try detector.make(
        numClasses: samples.labels.count, keypoints: samples.keypoints?.count, input: size)
    } report: { event in
      switch event {
      case .step(let step, _, let left): display.show(.step(step, left: left))
      case .fold(let fold, let steps, let ap50):
        Terminal.message(
          "fold \(fold + 1) of \(folds): AP50 \(ap50.brief(3)) on images held out after "
            + "\(steps) steps")
      }
    }
    Signals.endIfAsked()
    let errors = LabelErrors(samples.dataset, result.detections, history: result.history)
    try tell(errors, into: &report, sources: sources)
    report.labelHistory = result.history
    let losses = MeanLosses(
      result.history, of: samples.dataset, splits: input.splitNames(of: samples))
    report.labelLosses = losses
    try report.tell(CheckText.losses(losses))
  }

  /// The pictures of all splits that can be read, as labels of any may be wrong, and their size.
  private func readable(
    of input: DetectionInput
  ) async throws -> (DetectionSamples, InputSize) {
    let all = try input.samples(ofSplits: [], for: settings.trained.detector)
    let size = settings.trained.inputSize(usual: SmokeInput.size(for: all).minSize)
    let checked = await SampleContract(all, input: size).check(
      tasks: OrderedTasks(threads: Runtime.threads))
    return (checked.readable.withVisibleKeypoints, size)
  }

  private func tell(
    _ errors: LabelErrors, into report: inout CheckReport, sources: Sources
  ) throws {
    report.labelErrors = errors
    FindingPrinter.print(errors.findings, in: sources)
    report.findings += errors.findings
    try report.tell(CheckText.labelErrors(errors))
  }
}
