public import DetectionModels
import Torch

/// How long a training step takes in fp32 and in bf16, measured on this machine: which is faster
/// depends on the processor's instructions, its cores and the model alike.
///
/// Nothing is left of a trial: weights, batch norm and libtorch's generator are put back, so that a
/// training in the chosen precision reaches the bits that it would have reached without.
public struct PrecisionTrial: Sendable, Equatable {
  /// The least of the steps that were timed.
  public let fp32: Duration
  public let bf16: Duration

  /// Whether bf16 is the faster one.
  public var choosesBFloat16: Bool { bf16 < fp32 }

  private static let timedSteps = 2
  /// How many steps there are in all, of both types.
  private static let steps = 2 * (1 + timedSteps)

  /// Makes a step of each to begin with, then times some in turns.
  ///
  /// Returns nil where there is no picture to make a step with, where a loss is not finite, and where
  /// the first step shows that all would take longer than `limit`.
  public init?(
    _ model: some Detector, options: TrainingOptions, on samples: DetectionSamples, batchSize: Int,
    limit: Duration? = nil
  ) {
    let count = min(batchSize, samples.count)
    let plan = BatchPlan(batchSize: max(count, 1), shuffles: false)
    let loader = Loader(samples.subset(Array(0..<count)), plan: plan, threads: 1)
    let snapshot = ModelSnapshot(of: model)
    defer { snapshot.restore() }
    var times: [Bool: Duration] = [:]
    for round in 0...Self.timedSteps {
      for usesBFloat16 in [false, true] {
        var options = options
        options.usesBFloat16 = usesBFloat16
        options.accumulatedBatches = 1
        guard let time = Self.time(model, options, loader) else { return nil }
        if round == 0, let limit, time * Self.steps > limit { return nil }
        if round > 0 { times[usesBFloat16] = min(times[usesBFloat16] ?? time, time) }
        snapshot.restore()
      }
    }
    guard let fp32 = times[false], let bf16 = times[true] else { return nil }
    self.fp32 = fp32
    self.bf16 = bf16
  }

  /// Returns how long a step took beyond waiting for its pictures.
  private static func time(
    _ model: some Detector, _ options: TrainingOptions, _ loader: Loader
  ) -> Duration? {
    var training = Training(model, options: options)
    let batches = loader.batches(epoch: 0)
    let step = try? training.makeStep(of: 1, from: batches, of: loader.samples) { _ in }
    guard let step, step.images > 0 else { return nil }
    return step.duration - step.waiting
  }
}
