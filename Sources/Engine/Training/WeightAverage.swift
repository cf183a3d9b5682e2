import Torch

/// A mean of a model's parameters over the last steps, each step weighing less than the one after
/// it (Polyak and Juditsky, 1992): steps on two pictures each leave noise in the weights that their
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

  /// Takes up what a step has made of the parameters.
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

  /// Gives the parameters their means.
  ///
  /// - Returns: what they were.
  func swapIn() -> [Tensor] {
    let own = Self.copies(of: parameters)
    restore(means)
    return own
  }

  /// Gives the parameters other numbers.
  func restore(_ numbers: [Tensor]) {
    withoutGradients {
      for (parameter, number) in zip(parameters, numbers) { parameter.copy(from: number) }
    }
  }

  private static func copies(of tensors: [Tensor]) -> [Tensor] {
    withoutGradients { tensors.map { $0.detached().clone() } }
  }
}
