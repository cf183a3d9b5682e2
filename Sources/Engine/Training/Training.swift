public import DetectionModels
public import Torch

/// A detector in training: the model, its optimiser, and their progress.
///
/// It follows `train_one_epoch` of torchvision's detection reference: the loss is the plain sum,
/// and the rate rises linearly in the first epoch.
public struct Training<Model: Detector> {
  /// The model, which is trained in place.
  public let model: Model
  /// The options of the training.
  public let options: TrainingOptions
  /// The processes that train together, each on its part of every batch; nil for a single process.
  public let processes: ProcessGroup?
  private let device: Device
  /// The optimiser of the trainable parameters.
  public var optimizer: any Optimizer
  /// The factor of the rate beside that of the options.
  var rateFactor = 1.0
  /// The number of completed epochs.
  public internal(set) var epoch = 0
  /// The number of completed steps of the current epoch.
  public internal(set) var step = 0

  /// Creates a training of all trainable parameters, with the optimiser of the options, on the
  /// model's device.
  public init(
    _ model: Model, options: TrainingOptions = TrainingOptions(), processes: ProcessGroup? = nil
  ) {
    self.model = model
    self.options = options
    self.processes = processes
    device = model.device
    optimizer = options.makeOptimizer(of: model.parameters.filter(\.requiresGradient))
  }

  /// Whether all parameters and buffers of the model are finite.
  public var isFinite: Bool {
    model.state.allSatisfy { $0.tensor.to(.float64).sum().item().isFinite }
  }

  /// Trains on the rest of an epoch.
  ///
  /// Images that cannot be read are left out: their batches become smaller, and a step of which
  /// none can be read changes nothing and is reported with 0 images.
  ///
  /// - Parameters:
  ///   - loader: Yields the batches of the epoch.
  ///   - report: Receives each step; training stops there if it returns false or throws.
  ///   - leftOut: Receives the error of an image that is left out, before the report of its step.
  /// - Returns: Whether the epoch is completed.
  /// - Throws: `NonFiniteLossError` before the backward pass of its batch; the weights are then
  ///   those of the last good step. Of several processes the others throw `OtherProcessFault`, and
  ///   all throw `TorchError` if one has ended.
  public mutating func trainOneEpoch(
    _ loader: Loader, report: (TrainingStep) throws -> Bool = { _ in true },
    leftOut: (SampleError) -> Void = { _ in }
  ) throws -> Bool {
    let stepsInEpoch = options.steps(ofBatches: loader.count)
    let batches = loader.batches(epoch: epoch, skipping: step * options.accumulatedBatches)
    while step < stepsInEpoch {
      let made = try makeStep(
        of: stepsInEpoch, from: batches, of: loader.samples, leftOut: leftOut)
      // Made, whatever becomes of the report.
      step += 1
      let goesOn = try report(made)
      if !goesOn, step < stepsInEpoch { return false }
    }
    epoch += 1
    step = 0
    return true
  }

  /// Makes one step: losses and gradients of as many batches as the options give, then the weights.
  mutating func makeStep(
    of stepsInEpoch: Int, from batches: BatchStream, of samples: DetectionSamples,
    leftOut: (SampleError) -> Void
  ) throws -> TrainingStep {
    let clock = ContinuousClock()
    let start = clock.now
    optimizer.learningRateFactor =
      rateFactor
      * options.learningRateFactor(epoch: epoch, step: step, stepsInEpoch: stepsInEpoch)
    var made = TrainingStep(
      epoch: epoch, step: step, stepsInEpoch: stepsInEpoch,
      learningRate: options.learningRate * optimizer.learningRateFactor)
    var fault: NonFiniteLossError?
    for _ in 0..<options.accumulatedBatches {
      let asked = clock.now
      guard let batch = batches.next() else { break }
      made.waiting += clock.now - asked
      batch.leftOut.forEach(leftOut)
      fault = try learnTogether(batch, of: samples, into: &made, after: fault)
      if processes == nil, let fault { throw fault }
    }
    if made.images == 0 { optimizer.zeroGradients() }
    try processes?.join(&made, isFaulty: fault != nil)
    if let fault { throw fault }
    if made.images > 0 { try finish(&made) }
    made.duration = clock.now - start
    return made
  }

  /// Learns a batch, or this process's part of one. After a fault it learns no more, but still
  /// takes part in the processes' communication.
  private func learnTogether(
    _ batch: Batch, of samples: DetectionSamples, into step: inout TrainingStep,
    after fault: NonFiniteLossError?
  ) throws -> NonFiniteLossError? {
    let pictures = fault == nil ? batch.samples.count : 0
    let shared = try processes.map { try SharedLearning(pictures, among: $0) }
    guard pictures > 0 else { return fault }
    var fault = fault
    SharedBatch.$current.withValue(shared?.batch) {
      do throws(NonFiniteLossError) {
        try learn(batch, of: samples, into: &step)
      } catch {
        fault = error
      }
    }
    try shared?.check()
    return fault
  }

  /// Adds the losses and the gradients of a batch to those of its step.
  ///
  /// If a step has several batches, each is weighted by its number of images.
  private func learn(
    _ batch: Batch, of samples: DetectionSamples, into step: inout TrainingStep
  ) throws(NonFiniteLossError) {
    let losses = losses(of: batch)
    let values = losses.entries.map { NamedLoss($0.name, $0.value.item()) }
    guard values.allSatisfy({ $0.value.isFinite }) else {
      throw NonFiniteLossError(values, batch: batch, of: samples)
    }
    if step.images == 0 { optimizer.zeroGradients() }
    (weighsBatches ? losses.total * Double(batch.samples.count) : losses.total).backward()
    step.add(values, images: batch.samples.count)
  }

  /// Whether a step has several batches.
  private var weighsBatches: Bool { options.accumulatedBatches > 1 || processes != nil }

  /// Updates the weights by the gradients of a step.
  private mutating func finish(_ step: inout TrainingStep) throws {
    if let processes {
      try processes.sumGradients(of: optimizer.parameters, factor: 1 / Double(step.images))
    } else if weighsBatches {
      for parameter in optimizer.parameters {
        parameter.gradient?.multiply(by: 1 / Double(step.images))
      }
    }
    step.gradientNorm = options.greatestGradientNorm.map {
      clipGradients(of: optimizer.parameters, norm: $0)
    }
    optimizer.step()
  }

  private func losses(of batch: Batch) -> Losses {
    let (images, targets) = (batch.images(on: device), batch.targets(on: device))
    return PictureDraws.$seeds.withValue(batch.drawSeeds) {
      if let seed = batch.drawSeeds.first { Runtime.seed(seed) }
      guard options.usesBFloat16 else { return model.losses(images: images, targets: targets) }
      return autocast(to: .bfloat16, on: device) {
        model.losses(images: images, targets: targets)
      }
    }
  }
}
