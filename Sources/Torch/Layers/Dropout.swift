/// In training sets numbers to zero with a probability and scales the others up to match.
public struct Dropout: Layer {
  public let probability: Double

  public init(_ probability: Double = 0.5) {
    self.probability = probability
  }

  public func callAsFunction(_ input: Tensor, _ mode: Mode) -> Tensor {
    dropout(input, probability, mode)
  }
}

/// Flattens all dimensions but the first.
public struct Flatten: ModeFreeLayer {
  public init() {}

  public func callAsFunction(_ input: Tensor) -> Tensor {
    input.flattened(from: 1)
  }
}

/// Gives back what it gets: what a part is replaced by that is not wanted.
public struct Identity: ModeFreeLayer {
  public init() {}

  public func callAsFunction(_ input: Tensor) -> Tensor { input }
}
