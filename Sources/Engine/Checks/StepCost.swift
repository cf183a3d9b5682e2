import COCO
public import DetectionModels
import Torch

/// The memory and time that one training step takes on the largest images of a dataset: first
/// estimated from small steps, then measured.
public struct StepCost: Sendable {
  /// The number of images in the batch.
  public let pictures: Int
  /// The estimated bytes beyond those that the process already holds; nil if they cannot be
  /// estimated.
  public let estimatedBytes: Double?
  /// The measured bytes beyond those that the process already held; nil if they cannot be measured.
  public let measuredBytes: Double?
  /// The duration of the step, without waiting for its images.
  public let duration: Duration

  /// The duration of a first step from which on no second one is made.
  private static let longStep = Duration.seconds(5)

  /// Makes one step, or two of which the second counts. The weights are restored afterwards.
  ///
  /// Returns nil if no image with objects can be read, if the estimate exceeds the machine's
  /// memory, or if the loss is not finite.
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

  /// Returns the positions of the images with objects that are largest after resizing.
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
