import COCO
import Console
import Engine
import Files

/// Shows a training at the terminal: a line that changes with the steps, and messages.
final class TrainingDisplay {
  private let clock = ContinuousClock()
  private var shownAt: ContinuousClock.Instant?
  /// What the places of findings refer to, of what is trained and of what is evaluated on.
  private let sources: Sources?
  private let validationSources: Sources?
  /// Whether pictures were left out.
  private(set) var hasLeftOut = false

  init(sources: Sources? = nil, validationSources: Sources? = nil) {
    self.sources = sources
    self.validationSources = validationSources
  }

  /// Shows what a training reports, and ends it where a signal asks for that.
  var observer: TrainingObserver {
    TrainingObserver(
      report: { self.show($0) }, isEndingAsked: { Signals.isEndingAsked },
      progress: { ProgressBar.shown($0) })
  }

  func show(_ event: TrainingEvent) {
    if case .step(let step, let left) = event { return show(step, left: left) }
    if case .leftOut(let finding, let isInValidation) = event {
      hasLeftOut = hasLeftOut || finding.severity == .error
      if Terminal.errorIsTerminal { Terminal.replaceLine("") }
      if let sources = isInValidation ? validationSources : sources {
        FindingPrinter.print([finding], in: sources)
      }
    }
    guard let text = Self.text(of: event) else { return }
    message(text)
  }

  private static func text(of event: TrainingEvent) -> String? {
    switch event {
    case .step, .leftOut: nil
    case .resumed(let epochs, let steps): "continues after \(epochs) epochs and \(steps) steps"
    case .picturesChanged(let checkpoint, let before, let now):
      "\(checkpoint) belongs to a training on \(before) images; it continues with \(now), in another order"
    case .batchTakesAll(let pictures):
      "a batch takes all \(pictures) images, because there are no more"
    case .keepsNothing:
      "nothing of this training will be kept, because --save is not given"
    case .evaluation(let steps, let ap50, let ap):
      "step \(steps): AP50 \(ap50.brief(3)), AP \(ap.brief(3))"
    case .checkpointFailed(let error): "error: no checkpoint was written: \(error)"
    case .writeFailed(let error): "error: \(error); the training continues without it"
    case .patienceOver(let evaluations):
      "AP has not risen in \(evaluations) evaluations: training stops"
    case .saved(let path, let bestSteps):
      "wrote \(path)"
        + (bestSteps.map { ": the weights after \($0) steps, with the best AP" } ?? "")
    case .stopped(let epochs, let steps, let kept):
      "stopped after \(epochs) epochs and \(steps) steps; \(text(of: kept))"
    case .finished(let steps, let waiting):
      "\(steps) steps; \((waiting * 100).brief(3)) % of their time waited for images"
    case .drawn(let path): "wrote \(path)"
    }
  }

  private static func text(of kept: KeptTraining) -> String {
    let resume = "and the same command with --resume continues from there"
    return switch kept {
    case .nothingAskedFor: "nothing of them is kept, because --save was not given"
    case .nothing: "nothing of them is kept"
    case .all(let checkpoint): "\(checkpoint) contains them, \(resume)"
    case .first(let steps, let checkpoint):
      "\(checkpoint) contains the first \(steps) steps, \(resume)"
    }
  }

  private func message(_ text: String) {
    if Terminal.errorIsTerminal { Terminal.replaceLine("") }
    Terminal.message(text)
  }

  private func show(_ step: TrainingStep, left: Duration?) {
    guard Terminal.errorIsTerminal else { return }
    if let shownAt, clock.now - shownAt < .milliseconds(200) { return }
    shownAt = clock.now
    let losses = step.losses.map { "\($0.name) \($0.value.brief(3))" }.joined(separator: ", ")
    let rate = Double(step.images) / max(step.duration / .seconds(1), 1e-9)
    let rest = left.map { ", \(Int($0 / .seconds(1))) s left" } ?? ""
    Terminal.replaceLine(
      "epoch \(step.epoch + 1), step \(step.step + 1)/\(step.stepsInEpoch): loss "
        + "\(step.loss.brief(3)) (\(losses)), \(rate.brief(3)) images/s\(rest)")
  }
}
