import CTorch

/// max(x, 0).
public struct ReLU: ModeFreeLayer {
  /// Whether the input is overwritten, which saves memory where nobody needs it any more.
  public let inPlace: Bool

  public init(inPlace: Bool = false) {
    self.inPlace = inPlace
  }

  public func callAsFunction(_ input: Tensor) -> Tensor {
    relu(input, inPlace: inPlace)
  }
}

/// min(max(x, 0), 6).
public struct ReLU6: ModeFreeLayer {
  public let inPlace: Bool

  public init(inPlace: Bool = false) {
    self.inPlace = inPlace
  }

  public func callAsFunction(_ input: Tensor) -> Tensor {
    inPlace ? input.activate(CT_RELU6) : input.relu6()
  }
}

/// x · ReLU6(x + 3) / 6 (Howard et al., 2019).
public struct Hardswish: ModeFreeLayer {
  public let inPlace: Bool

  public init(inPlace: Bool = false) {
    self.inPlace = inPlace
  }

  public func callAsFunction(_ input: Tensor) -> Tensor {
    inPlace ? input.activate(CT_HARDSWISH) : input.hardswish()
  }
}

/// ReLU6(x + 3) / 6.
public struct Hardsigmoid: ModeFreeLayer {
  public init() {}

  public func callAsFunction(_ input: Tensor) -> Tensor {
    input.hardsigmoid()
  }
}

/// max(x, 0); in place where the input is not needed any more.
public func relu(_ input: Tensor, inPlace: Bool = false) -> Tensor {
  inPlace ? input.activate(CT_RELU) : input.relu()
}

/// Sets numbers to zero with a probability in training, and scales the others up to match.
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
