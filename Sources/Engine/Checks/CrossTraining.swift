public import COCO
public import DetectionModels
import Torch

/// Trains a detector for a short time on all but one part of the pictures and lets it look at that
/// part, part after part, so that every picture is judged by a model that has not learnt it.
public struct CrossTraining: Sendable {
  /// What it reports while it runs.
  public enum Event: Sendable {
    case step(TrainingStep, fold: Int, left: Duration)
    /// A fold is done: steps made, and AP50 on the pictures that were held out.
    case fold(Int, steps: Int, ap50: Double)
  }

  public let samples: DetectionSamples
  public let folds: Int
  /// What all may take, evaluations included.
  public var budget: Duration
  public var batchSize = 2
  public var seed: UInt64 = 0
  public var options: TrainingOptions
  /// Asked after each step: whether all is to end.
  public var isEndingAsked: @Sendable () -> Bool = { false }

  /// The share of a fold's time that its training may take; the pictures that are held out take the
  /// rest.
  private static let trainingShare = 0.8

  /// - Parameter folds: 2 to as many as there are pictures.
  public init(_ samples: DetectionSamples, folds: Int, budget: Duration) {
    precondition(folds >= 2 && folds <= samples.count, "expected 2 to \(samples.count) folds")
    self.samples = samples
    self.folds = folds
    self.budget = budget
    options = SmokeOptions().training
  }

  /// Returns what is found on all pictures, each by the model that has not learnt it. Pictures that
  /// cannot be read, and those of folds that were not reached, have none.
  ///
  /// - Parameter make: makes the detector of a fold.
  public nonisolated(nonsending) func detections(
    make: () throws -> any Detector, report: (Event) -> Void = { _ in }
  ) async throws -> [Detection] {
    var found: [Detection] = []
    let parts = parts
    for fold in 0..<folds where !isEndingAsked() {
      let others = parts.indices.filter { $0 != fold }.flatMap { parts[$0] }.sorted()
      found += try await detections(
        on: samples.subset(parts[fold]), by: try make(), after: samples.subset(others),
        fold: fold, report: report)
    }
    return found
  }

  /// The positions of each fold's pictures.
  private var parts: [[Int]] {
    var generator = SeededGenerator(seed: seed)
    let order = (0..<samples.count).shuffled(using: &generator)
    return (0..<folds).map { fold in
      stride(from: fold, to: order.count, by: folds).map { order[$0] }.sorted()
    }
  }

  private nonisolated(nonsending) func detections(
    on heldOut: DetectionSamples, by model: some Detector, after learnt: DetectionSamples,
    fold: Int, report: (Event) -> Void
  ) async throws -> [Detection] {
    let clock = ContinuousClock()
    let start = clock.now
    let limit = budget / folds * Self.trainingShare
    let plan = BatchPlan(
      batchSize: min(batchSize, learnt.count), groups: AspectRatioGroups.groups(of: learnt),
      seed: seed)
    let loader = Loader(learnt, plan: plan, augmentation: Augmentation(), threads: 1)
    var training = Training(model, options: options)
    var average = WeightAverage(of: training.optimizer.parameters)
    var steps = 0
    var isOver = false
    while !isOver {
      let share = (clock.now - start) / limit
      training.rateFactor = share < 0.5 ? 1 : max(1.9 - 1.8 * share, 0.1)
      _ = try training.trainOneEpoch(loader) { step in
        average.add()
        steps += 1
        let elapsed = clock.now - start
        report(.step(step, fold: fold, left: budget - budget / folds * fold - elapsed))
        isOver = elapsed >= limit || isEndingAsked()
        return !isOver
      }
    }
    _ = average.swapIn()
    BatchNormStatistics.recompute(of: model, over: sampleOfBatches(learnt))
    let scores = try await DetectorEvaluation(heldOut).evaluate(model)
    report(.fold(fold, steps: steps, ap50: scores.ap50))
    return scores.detections.flatMap { $0 }
  }

  /// Enough pictures for the statistics of batch norm.
  private func sampleOfBatches(_ learnt: DetectionSamples) -> BatchStream {
    let count = min(learnt.count, 16)
    let positions = (0..<count).map { $0 * learnt.count / count }
    let plan = BatchPlan(batchSize: batchSize, shuffles: false, seed: seed)
    return Loader(learnt.subset(positions), plan: plan, threads: 1).batches(epoch: 0)
  }
}
