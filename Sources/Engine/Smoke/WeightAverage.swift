import DetectionModels
import Torch

/// A mean of a model's parameters over the last steps, each step weighted less than the one after
/// it (Polyak and Juditsky, 1992): steps on two images each leave noise in the weights that their
/// mean does not have.
struct WeightAverage {
  private static let decay = 0.9
  private let parameters: [Tensor]
  private let means: [Tensor]
  private var steps = 0

  init(of parameters: [Tensor]) {
    self.parameters = parameters
    means = Self.copies(of: parameters)
  }

  /// Adds the parameters after a step.
  mutating func add() {
    steps += 1
    // The first steps weigh alike, and what was drawn before them little.
    let decay = min(Self.decay, Double(steps) / Double(steps + 3))
    withoutGradients {
      for (mean, parameter) in zip(means, parameters) {
        mean.multiply(by: decay)
        mean.add(parameter, scaledBy: 1 - decay)
      }
    }
  }

  /// Sets the parameters to their means.
  ///
  /// - Returns: The parameters before.
  func swapIn() -> [Tensor] {
    let own = Self.copies(of: parameters)
    restore(means)
    return own
  }

  /// Sets the parameters to other values.
  func restore(_ numbers: [Tensor]) {
    withoutGradients {
      for (parameter, number) in zip(parameters, numbers) { parameter.copy(from: number) }
    }
  }

  private static func copies(of tensors: [Tensor]) -> [Tensor] {
    withoutGradients { tensors.map { $0.detached().clone() } }
  }
}

/// The statistics that batch norm uses in inference.
enum BatchNormStatistics {
  /// Recomputes the statistics for the detector's present weights over the batches: those left by
  /// the steps are a mean over weights that have changed since, which spoils inference after few
  /// and large steps.
  static func recompute(of detector: some Detector, over batches: BatchStream) {
    var layers: [BatchNorm] = []
    detector.forEachModule { module in
      if let layer = module as? BatchNorm { layers.append(layer) }
    }
    guard !layers.isEmpty else { return }
    for layer in layers {
      layer.runningMean.fill(0)
      layer.runningVar.fill(0)
    }
    var count = 0
    let device = detector.device
    while let batch = batches.next() {
      _ = withoutGradients {
        detector.losses(images: batch.images(on: device), targets: batch.targets(on: device))
      }
      count += 1
    }
    // A running mean that begins at 0 lacks what 0 weighs in it.
    for layer in layers {
      let weight = 1 - (0..<count).reduce(1.0) { share, _ in share * (1 - layer.momentum) }
      guard weight > 0 else { continue }
      layer.runningMean.multiply(by: 1 / weight)
      layer.runningVar.multiply(by: 1 / weight)
    }
  }
}
