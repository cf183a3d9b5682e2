public import COCO
public import DetectionMetrics
public import DetectionModels
import Torch

/// A cross-validation by short trainings: a detector is trained on all but one part of the images
/// and applied to that part, for each part in turn, so that every image is judged by a model that
/// has not learnt it. While it trains it is also applied to images that it is learning, for a
/// second opinion.
public struct CrossTraining: Sendable {
  /// An event that cross-training reports while it runs.
  public enum Event: Sendable {
    case step(TrainingStep, fold: Int, left: Duration)
    /// A fold is done: the steps made, and AP50 on the images held out, 0 … 1.
    case fold(Int, steps: Int, ap50: Double)
  }

  /// The result of cross-training.
  public struct Result: Sendable {
    /// The detections on all images, each by the model that has not learnt it. Images that cannot
    /// be read, and those of folds that were not reached, have none.
    public fileprivate(set) var detections: [Detection] = []
    /// The losses of annotations under models that were learning their images.
    public fileprivate(set) var history: LabelHistory
  }

  /// The samples to judge.
  public let samples: DetectionSamples
  /// The number of folds.
  public let folds: Int
  /// The time for everything, evaluations included.
  public var budget: Duration
  /// The number of images in a batch.
  public var batchSize = 2
  /// The seed of the folds and the trainings.
  public var seed: UInt64 = 0
  /// The options of the trainings.
  public var options: TrainingOptions
  /// Returns, after each step, whether everything is to end.
  public var isEndingAsked: @Sendable () -> Bool = { false }

  /// The share of a fold's time for its training, looks included; the images held out take the
  /// rest.
  private static let trainingShare = 0.8
  /// The shares of the training's time at which the model is applied to images that it is learning.
  private static let looks = [0.4, 0.7, 1]
  /// The share of the training's time that all looks together may take.
  private static let lookingShare = 0.25

  /// Creates a cross-training within a time.
  ///
  /// - Parameters:
  ///   - samples: The samples to divide into folds.
  ///   - folds: The number of folds, from 2 to the number of samples.
  ///   - budget: The time that the training may take.
  public init(_ samples: DetectionSamples, folds: Int, budget: Duration) {
    precondition(folds >= 2 && folds <= samples.count, "expected 2 to \(samples.count) folds")
    self.samples = samples
    self.folds = folds
    self.budget = budget
    options = SmokeOptions().training
  }

  /// Trains and judges, fold after fold.
  ///
  /// - Parameters:
  ///   - make: Makes the detector of a fold.
  ///   - report: Receives each step.
  public nonisolated(nonsending) func run(
    make: () throws -> any Detector, report: (Event) -> Void = { _ in }
  ) async throws -> Result {
    var result = Result(history: LabelHistory(samples.dataset))
    let parts = parts
    for fold in 0..<folds where !isEndingAsked() {
      let others = parts.indices.filter { $0 != fold }.flatMap { parts[$0] }.sorted()
      result.history.beginModel()
      try await run(
        try make(), learning: samples.subset(others), judging: samples.subset(parts[fold]),
        fold: fold, into: &result, report: report)
    }
    return result
  }

  /// Returns the positions of each fold's images.
  private var parts: [[Int]] {
    var generator = SeededGenerator(seed: seed)
    let order = (0..<samples.count).shuffled(using: &generator)
    return (0..<folds).map { fold in
      stride(from: fold, to: order.count, by: folds).map { order[$0] }.sorted()
    }
  }

  private nonisolated(nonsending) func run(
    _ model: some Detector, learning learnt: DetectionSamples, judging heldOut: DetectionSamples,
    fold: Int, into result: inout Result, report: (Event) -> Void
  ) async throws {
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
    for look in Self.looks {
      func isDue() -> Bool { clock.now - start >= limit * look || isEndingAsked() }
      var isReadable = true
      while isReadable, !isDue() || steps == 0 {
        let before = steps
        training.rateFactor = SmokeOptions.rateFactor(after: (clock.now - start) / limit)
        _ = try training.trainOneEpoch(loader) { step in
          average.add()
          steps += 1
          let elapsed = clock.now - start
          report(.step(step, fold: fold, left: budget - budget / folds * fold - elapsed))
          return !isDue()
        }
        isReadable = steps > before
      }
      let own = average.swapIn()
      BatchNormStatistics.recompute(of: model, over: sampleOfBatches(learnt))
      // Finding takes about a third of the time of learning.
      let timeOfPicture = (clock.now - start) / (3 * max(steps, 1) * plan.batchSize)
      let time = limit * Self.lookingShare / Self.looks.count
      let most = timeOfPicture > .zero ? time / timeOfPicture : 1
      try await note(model, on: learnt.spread(over: Int(min(most, 1e9))), into: &result)
      if look < 1 { average.restore(own) }
    }
    let scores = try await DetectorEvaluation(heldOut).evaluate(model)
    report(.fold(fold, steps: steps, ap50: scores.ap50))
    result.detections += scores.detections.flatMap { $0 }
  }

  /// Records what a model finds on images that it is learning.
  private nonisolated(nonsending) func note(
    _ model: some Detector, on seen: DetectionSamples, into result: inout Result
  ) async throws {
    let scores = try await DetectorEvaluation(seen).evaluate(model)
    let unread = Set(scores.leftOut.compactMap(\.finding.record?.index))
    let images = seen.imageIndices.filter { !unread.contains($0) }
    result.history.add(
      scores.detections.flatMap { $0 }, on: images.map { samples.dataset.images[$0].id })
  }

  /// Returns enough images for the statistics of batch norm.
  private func sampleOfBatches(_ learnt: DetectionSamples) -> BatchStream {
    let plan = BatchPlan(batchSize: batchSize, shuffles: false, seed: seed)
    return Loader(learnt.spread(over: 16), plan: plan, threads: 1).batches(epoch: 0)
  }
}

extension DetectionSamples {
  /// Returns this number of the samples, at least 1, at equal distances, or all if there are fewer.
  fileprivate func spread(over most: Int) -> DetectionSamples {
    let number = min(count, max(most, 1))
    return subset((0..<number).map { $0 * count / number })
  }
}
