import CTorch

/// The rectified linear unit, max(x, 0).
public struct ReLU: ModeFreeLayer {
  /// A Boolean value that is true if the input is overwritten, which saves memory if the input is
  /// not used again.
  public let inPlace: Bool

  /// Creates the activation.
  public init(inPlace: Bool = false) {
    self.inPlace = inPlace
  }

  /// Returns max(x, 0) of each element.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    relu(input, inPlace: inPlace)
  }
}

/// The rectified linear unit limited to 6, min(max(x, 0), 6).
public struct ReLU6: ModeFreeLayer {
  /// A Boolean value that is true if the input is overwritten.
  public let inPlace: Bool

  /// Creates the activation.
  public init(inPlace: Bool = false) {
    self.inPlace = inPlace
  }

  /// Returns min(max(x, 0), 6) of each element.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    inPlace ? input.activate(CT_RELU6) : input.relu6()
  }
}

/// The hard swish, x · ReLU6(x + 3) / 6 (Howard et al., 2019).
public struct Hardswish: ModeFreeLayer {
  /// A Boolean value that is true if the input is overwritten.
  public let inPlace: Bool

  /// Creates the activation.
  public init(inPlace: Bool = false) {
    self.inPlace = inPlace
  }

  /// Returns x · ReLU6(x + 3) / 6 of each element.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    inPlace ? input.activate(CT_HARDSWISH) : input.hardswish()
  }
}

/// The hard sigmoid, ReLU6(x + 3) / 6.
public struct Hardsigmoid: ModeFreeLayer {
  /// Creates the activation.
  public init() {}

  /// Returns ReLU6(x + 3) / 6 of each element.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    input.hardsigmoid()
  }
}

/// Returns max(x, 0) of each element, in place if the input is not used again.
public func relu(_ input: Tensor, inPlace: Bool = false) -> Tensor {
  inPlace ? input.activate(CT_RELU) : input.relu()
}

/// A layer that sets elements to zero with a probability in training, and scales the others by 1 /
/// (1 − probability).
public struct Dropout: Layer {
  /// The probability that an element is set to zero.
  public let probability: Double

  /// Creates a layer with a probability.
  public init(_ probability: Double = 0.5) {
    self.probability = probability
  }

  /// Returns the input with dropout in training, and unchanged in inference.
  public func callAsFunction(_ input: Tensor, _ mode: Mode) -> Tensor {
    dropout(input, probability, mode)
  }
}

/// A layer that flattens all dimensions except the first.
public struct Flatten: ModeFreeLayer {
  /// Creates the layer, which has no options.
  public init() {}

  /// Returns the input [N, ...] as [N, F].
  public func callAsFunction(_ input: Tensor) -> Tensor {
    input.flattened(from: 1)
  }
}

/// A layer that returns its input, as a replacement for a part that is not wanted.
public struct Identity: ModeFreeLayer {
  /// Creates the layer, which has no options.
  public init() {}

  /// Returns the input.
  public func callAsFunction(_ input: Tensor) -> Tensor { input }
}
