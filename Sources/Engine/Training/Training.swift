public import DetectionModels
public import Torch

/// A detector in training: the model, its optimiser, and how far they are.
///
/// Follows `train_one_epoch` of torchvision's detection reference: the loss is the plain sum, the
/// rate rises linearly in the first epoch.
public struct Training<Model: Detector> {
  public let model: Model
  public let options: TrainingOptions
  private let device: Device
  public var optimizer: any Optimizer
  /// What the rate is multiplied with beside what the options say of it.
  var rateFactor = 1.0
  /// How many epochs are done.
  public internal(set) var epoch = 0
  /// How many steps of the epoch after those are done.
  public internal(set) var step = 0

  /// Trains all parameters that can be trained by SGD with momentum, on the model's device.
  public init(_ model: Model, options: TrainingOptions = TrainingOptions()) {
    self.model = model
    self.options = options
    device = model.device
    optimizer = SGD(
      model.parameters.filter(\.requiresGradient), learningRate: options.learningRate,
      momentum: options.momentum, weightDecay: options.weightDecay)
  }

  /// Whether all parameters and buffers of the model are finite numbers.
  public var isFinite: Bool {
    model.state.allSatisfy { $0.tensor.to(.float64).sum().item().isFinite }
  }

  /// Trains on the rest of an epoch.
  ///
  /// - Parameter report: receives each step; training stops there where it returns false or throws.
  /// - Returns: whether the epoch is done.
  /// - Throws: `NonFiniteLossError` before the backward pass of its step, `SampleError` for a picture
  ///   that cannot be read; the weights are then those of the last good step.
  public mutating func trainOneEpoch(
    _ loader: Loader, report: (TrainingStep) throws -> Bool = { _ in true }
  ) throws -> Bool {
    let stepsInEpoch = loader.count
    let batches = loader.batches(epoch: epoch, skipping: step)
    let clock = ContinuousClock()
    while true {
      let start = clock.now
      guard let batch = try batches.next() else { break }
      let waiting = clock.now - start
      optimizer.learningRateFactor =
        rateFactor
        * options.learningRateFactor(epoch: epoch, step: step, stepsInEpoch: stepsInEpoch)
      let (losses, norm) = try train(on: batch, of: loader.samples)
      let made = TrainingStep(
        epoch: epoch, step: step, stepsInEpoch: stepsInEpoch,
        learningRate: options.learningRate * optimizer.learningRateFactor, losses: losses,
        images: batch.samples.count, gradientNorm: norm, waiting: waiting,
        duration: clock.now - start)
      // Made, whatever becomes of the report.
      step += 1
      let goesOn = try report(made)
      if !goesOn, step < stepsInEpoch { return false }
    }
    epoch += 1
    step = 0
    return true
  }

  /// One step: losses, gradients, weights.
  private mutating func train(
    on batch: Batch, of samples: DetectionSamples
  ) throws(NonFiniteLossError) -> (losses: [NamedLoss], norm: Double?) {
    let losses = losses(of: batch)
    let values = losses.entries.map { NamedLoss($0.name, $0.value.item()) }
    guard values.allSatisfy({ $0.value.isFinite }) else {
      throw NonFiniteLossError(values, batch: batch, of: samples)
    }
    optimizer.zeroGradients()
    losses.total.backward()
    let norm = options.greatestGradientNorm.map {
      clipGradients(of: optimizer.parameters, norm: $0)
    }
    optimizer.step()
    return (values, norm)
  }

  private func losses(of batch: Batch) -> Losses {
    let (images, targets) = (batch.images(on: device), batch.targets(on: device))
    guard options.usesBFloat16 else { return model.losses(images: images, targets: targets) }
    return autocast(to: .bfloat16, on: device) {
      model.losses(images: images, targets: targets)
    }
  }
}
