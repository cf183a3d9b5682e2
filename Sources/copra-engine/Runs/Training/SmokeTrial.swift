import COCO
import Console
import DetectionModels
import Engine
import Files
import Torch

/// The files for the weights, for a JSON object a step, and for the curves of a smoke training.
struct SmokeOutputs {
  var save: String?
  var log: String?
  var plot: String?
}

/// A smoke training of a detector on what was read, shown at the terminal.
struct SmokeTrial {
  /// What came of it.
  struct Result {
    let verdict: SmokeVerdict
    /// Whether no error was found in the data, before or while it was trained on.
    let isClean: Bool
    /// Why a file could not be written.
    let unwritten: FileError?
  }

  /// The inputs as the user named them.
  let name: String
  let detector: DetectorSettings
  let options: SmokeOptions
  var outputs = SmokeOutputs()
  /// Whether boxes and categories fit what the pictures show, where that was looked at.
  var appearance: AppearanceReport?

  /// Checks, chooses pictures, trains and judges. What is found is printed.
  ///
  /// - Parameters:
  ///   - known: what was found on reading.
  ///   - printsKnown: whether that was not printed yet.
  /// - Throws: a `CommandFailure` where there is nothing to learn.
  func run(
    on all: DetectionSamples, findings known: [Finding], printsKnown: Bool = true, sources: Sources
  ) async throws -> Result {
    let size = detector.inputSize(usual: SmokeInput.size(for: all).minSize)
    let checked = await SampleContract(all, input: size).check(
      tasks: OrderedTasks(threads: Runtime.threads))
    let samples = checked.readable.withVisibleKeypoints
    var findings = known + checked.findings.notRepeating(known)
    func printFindings() {
      FindingPrinter.print(
        printsKnown ? findings : Array(findings.dropFirst(known.count)), in: sources)
    }
    if let nothing = samples.count == 0 ? nil : checked.objects.nothingToLearn {
      printFindings()
      throw CommandFailure("\(name): \(nothing)")
    }
    var options = options
    options.seed = detector.seed
    var smoke = SmokeTraining(samples, options: options)
    findings += smoke.leftOut
    printFindings()
    guard smoke.samples.count > 0 else {
      throw CommandFailure("\(name): expected images with objects, found none that can be read")
    }
    CheckedSplit.report(checked.readable, without: samples)
    announce(smoke.samples, size)
    let model = try detector.make(
      numClasses: samples.labels.count, keypoints: samples.keypoints?.count, input: size)
    smoke.options.training.usesBFloat16 = usesBFloat16(model, smoke)
    smoke.findings = findings
    smoke.appearance = appearance
    smoke.isEndingAsked = { Signals.isEndingAsked }
    let notes = WeightsNotes(
      model: detector.detector.name, input: size, categories: samples.dataset.categories)
    let (verdict, unwritten) = try await train(model, smoke, notes, sources: sources)
    return Result(
      verdict: verdict, isClean: !findings.contains { $0.severity == .error }, unwritten: unwritten)
  }

  private func announce(_ samples: DetectionSamples, _ size: InputSize) {
    for index in 0..<samples.count {
      let count = samples.annotations(at: index).count
      Terminal.message("learning \(samples.image(at: index).fileName) (\(count) objects)")
    }
    Terminal.message("images are resized to \(size.minSize) pixels on their shorter side")
  }

  /// Whether bf16 is asked for, or the faster where that is to be found out.
  private func usesBFloat16(_ model: some Detector, _ smoke: SmokeTraining) -> Bool {
    switch detector.precision ?? .auto {
    case .fp32: return false
    case .bf16: return true
    case .auto:
      guard Runtime.multipliesBFloat16 else {
        Terminal.message("precision fp32: the processor has no instructions for bf16")
        return false
      }
      return smoke.precisionTrial(of: model).chosen()
    }
  }

  private func train(
    _ model: any Detector, _ smoke: SmokeTraining, _ notes: WeightsNotes, sources: Sources
  ) async throws -> (verdict: SmokeVerdict, unwritten: FileError?) {
    Signals.deferEnding("the training stops after this step; repeat to stop at once")
    let display = TrainingDisplay()
    let journal = try TrainingJournal(log: outputs.log, plot: outputs.plot) { display.show($0) }
    var failure: FileError?
    var steps = 0
    let clock = ContinuousClock()
    let start = smoke.options.start ?? clock.now
    let verdict = try await smoke.run(model) { event in
      switch event {
      case .step(let step):
        steps += 1
        let left = smoke.options.budget - (clock.now - start)
        failure = journal.add(step, steps: steps, left: left, after: failure)
      case .evaluation(_, let ap50, let ap):
        failure = journal.add(ap50: ap50, ap: ap, steps: steps, after: failure)
      }
    }
    let ending: JSONObject = [
      "event": "verdict", "outcome": .string(verdict.outcome.rawValue),
      "AP50": .number(verdict.ap50),
      "steps": .integer(verdict.steps), "seconds": .number(verdict.duration / .seconds(1)),
      "reasons": .array(verdict.reasons.map { JSONValue.string($0) }),
    ]
    try journal.finish(ending, after: failure)
    if let save = outputs.save {
      try DetectorWeights.save(model, to: save, metadata: notes.metadata)
    }
    FindingPrinter.print(verdict.findings, in: sources)
    return (verdict, failure)
  }
}
