import COCO
public import DetectionModels
import Torch

/// Trains a detector on a few pictures until it knows them by heart, or until the budget ends: what
/// a model cannot learn by heart is wrong in the data or in the pipeline.
public struct SmokeTraining: Sendable {
  /// What is told while it goes on.
  public enum Event: Sendable {
    case step(TrainingStep)
    /// After so many steps in all.
    case evaluation(steps: Int, ap50: Double, ap: Double)
  }

  public let samples: DetectionSamples
  public let options: SmokeOptions
  /// Asked after each step: whether training is to end before the budget does.
  public var isEndingAsked: @Sendable () -> Bool = { false }

  /// - Parameter samples: all that there are; `SmokeSelection` chooses among them.
  /// - Throws: `SampleError` for a chosen picture that cannot be read.
  public init(
    _ samples: DetectionSamples, options: SmokeOptions = SmokeOptions()
  ) throws(SampleError) {
    let positions = SmokeSelection.positions(in: samples, count: options.images)
    self.samples = try samples.subset(positions).decoded()
    self.options = options
  }

  /// Trains and judges; the model is trained in place.
  public nonisolated(nonsending) func run(
    _ model: some Detector, report: (Event) -> Void = { _ in }
  ) async throws -> SmokeVerdict {
    var record = SmokeRecord(samples: samples, options: options)
    guard samples.count > 0 else { return record.withoutPictures }
    var training = Training(model, options: options.training)
    let clock = ContinuousClock()
    let start = clock.now
    let loader = loader
    while true {
      do {
        _ = try training.trainOneEpoch(loader) { step in
          record.firstLoss = record.firstLoss ?? step.loss
          record.lastLoss = step.loss
          record.steps += 1
          report(.step(step))
          return clock.now - start < options.budget && record.steps < options.steps ?? .max
            && !isEndingAsked()
        }
      } catch let error as NonFiniteLoss {
        record.fault = error.findings
      }
      try BatchNormStatistics.recompute(of: model, over: everyPicture)
      let scores = try await DetectorEvaluation(samples, threads: 1).evaluate(model)
      record.scores = scores
      record.duration = clock.now - start
      report(.evaluation(steps: record.steps, ap50: scores.ap50, ap: scores.ap))
      let isOver =
        record.duration >= options.budget || record.steps >= options.steps ?? .max
        || !record.fault.isEmpty || isEndingAsked()
      if scores.ap50 >= options.target || isOver { return record.verdict() }
    }
  }

  /// Every picture once.
  private var everyPicture: BatchStream {
    let plan = BatchPlan(batchSize: options.batchSize, shuffles: false, seed: options.seed)
    return Loader(samples, plan: plan, threads: 1).batches(epoch: 0)
  }

  /// The pictures over and over: one epoch is what lies between two evaluations.
  private var loader: Loader {
    let order = (0..<(options.stepsBetweenEvaluations * options.batchSize))
    var generator = SeededGenerator(seed: options.seed)
    var positions: [Int] = []
    while positions.count < order.count {
      positions += (0..<samples.count).shuffled(using: &generator)
    }
    return Loader(
      samples.subset(Array(positions.prefix(order.count))),
      plan: BatchPlan(batchSize: options.batchSize, shuffles: false, seed: options.seed),
      threads: 1)
  }
}

extension SmokeRecord {
  fileprivate var withoutPictures: SmokeVerdict {
    SmokeVerdict(
      isLearnt: false, reasons: ["no picture with a box that can be learnt"], findings: [], ap50: 0,
      steps: 0, duration: .zero)
  }
}
