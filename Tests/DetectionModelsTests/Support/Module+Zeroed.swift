import Torch

/// A module whose numbers are all 0, made without draws, which other tests could be making.
func zeroed<Made: Module>(_ make: () throws -> Made) rethrows -> Made {
  let module = try withoutDraws(make)
  withoutGradients {
    for entry in module.state { entry.tensor.fill(0) }
  }
  return module
}

extension Tensor {
  /// Takes over the numbers, also where it is trained.
  func set(_ numbers: [Float]) {
    withoutGradients { copy(from: Tensor(numbers, shape: shape)) }
  }
}
