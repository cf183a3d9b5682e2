public import DetectionModels
import Torch

/// The duration of a training step in fp32 and in bf16, measured on this machine: which is faster
/// depends on the processor's instructions, its cores and the model.
///
/// A trial leaves no trace: weights, batch norm and libtorch's generator are restored, so that a
/// training in the chosen precision reaches the bits that it would have reached without.
public struct PrecisionTrial: Sendable, Equatable {
  /// The shortest of the timed steps in fp32.
  public let fp32: Duration
  /// The shortest of the timed steps in bf16.
  public let bf16: Duration

  /// Whether bf16 is faster.
  public var choosesBFloat16: Bool { bf16 < fp32 }

  private static let timedSteps = 2
  /// The number of steps of both types together.
  private static let steps = 2 * (1 + timedSteps)

  /// Makes a first step of each type, then times some alternately.
  ///
  /// Returns nil if there is no image to make a step with, if a loss is not finite, or if the first
  /// step shows that all would take longer than `limit`.
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

  /// Returns the duration of a step without waiting for its images.
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
