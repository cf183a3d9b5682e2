/// Whether a module works as in training (statistics of the batch, dropout) or as in use.
public enum Mode: Sendable {
  case training, inference
}

/// A module that makes one tensor of one.
public protocol Layer: Module {
  func callAsFunction(_ input: Tensor, _ mode: Mode) -> Tensor
}

/// A layer that does the same in training and in inference.
public protocol ModeFreeLayer: Layer {
  func callAsFunction(_ input: Tensor) -> Tensor
}

extension ModeFreeLayer {
  public func callAsFunction(_ input: Tensor, _ mode: Mode) -> Tensor {
    self(input)
  }
}
