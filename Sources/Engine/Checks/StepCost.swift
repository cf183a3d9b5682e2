import COCO
public import DetectionModels
import Torch

/// What one training step takes of memory and of time on the largest pictures of a dataset: estimated
/// from small steps first, then measured.
public struct StepCost: Sendable {
  /// How many pictures the batch has.
  public let pictures: Int
  /// Bytes beyond what the process holds without it; nil where that cannot be told.
  public let estimatedBytes: Double?
  public let measuredBytes: Double?
  public let duration: Duration

  /// A first step that takes longer counts, and no second one is made.
  private static let longStep = Duration.seconds(5)

  /// Makes one step, or two of which the second counts. Nothing is left of them in the weights.
  ///
  /// Returns nil where no picture with objects can be read, where the estimate is more than
  /// the machine has, and where the loss is not finite.
  public init?(
    _ model: some Detector, on samples: DetectionSamples, settings: TrainingSettings
  ) {
    let need = MemoryNeed(model, on: samples, settings: settings)
    let positions = Self.largest(samples, count: settings.batchSize, input: settings.input)
    estimatedBytes = need?.bytes(batchSize: positions.count)
    if let estimatedBytes, let available = ProcessMemory.available,
      estimatedBytes > Double(available)
    {
      return nil
    }
    let plan = BatchPlan(batchSize: positions.count, shuffles: false, seed: settings.seed)
    let loader = Loader(samples.subset(positions + positions), plan: plan, threads: 1)
    let snapshot = ModelSnapshot(of: model)
    defer { snapshot.restore() }
    var training = Training(model, options: settings.options)
    let before = ProcessMemory.forgetPeak()
    var made: TrainingStep?
    _ = try? training.trainOneEpoch(loader) { step in
      if step.images > 0 { made = step }
      return step.duration < Self.longStep
    }
    let peak = ProcessMemory.peak
    training.optimizer.zeroGradients()
    guard let made else { return nil }
    pictures = made.images
    duration = made.duration - made.waiting
    measuredBytes = before.flatMap { before in peak.map { Double($0 - before) } }
  }

  /// The positions of the pictures with objects that are largest as the detector resizes them.
  private static func largest(
    _ samples: DetectionSamples, count: Int, input: InputSize
  ) -> [Int] {
    let sized = (0..<samples.count).compactMap { position -> (position: Int, pixels: Int)? in
      let image = samples.image(at: position)
      guard image.width > 0, image.height > 0, !samples.learnable(at: position).isEmpty else {
        return nil
      }
      let size = input.resized(width: image.width, height: image.height)
      return (position, size.width * size.height)
    }
    return sized.sorted { ($1.pixels, $0.position) < ($0.pixels, $1.position) }.prefix(count)
      .map(\.position)
  }
}
