/// A linear layer, a matrix product and a bias: [..., in] → [..., out].
public struct Linear: ModeFreeLayer {
  /// The weight, [out, in].
  @Parameter public var weight: Tensor
  /// The bias, [out]; nil for none.
  @Parameter public var bias: Tensor?

  /// Creates a layer with weights drawn as PyTorch draws them.
  public init(_ inFeatures: Int, _ outFeatures: Int, bias: Bool = true) {
    (weight, self.bias) = convolutionState([outFeatures, inFeatures], bias: bias)
  }

  /// The number of inputs.
  public var inFeatures: Int { weight.size(1) }
  /// The number of outputs.
  public var outFeatures: Int { weight.size(0) }

  /// Returns the product of the input [..., in] and the weight, plus the bias.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    linear(input, weight, bias)
  }
}

// Weights are drawn in PyTorch's order of arithmetic and of draws, so that the same seed gives the
// same weights.

extension Tensor {
  /// The numbers of inputs and outputs that each element of a weight [out, in, kernel...] takes
  /// part in.
  public var fans: (in: Int, out: Int) {
    let shape = shape
    precondition(shape.count >= 2, "expected a weight of 2 dimensions or more, found \(shape)")
    let field = shape.dropFirst(2).reduce(1, *)
    return (in: shape[1] * field, out: shape[0] * field)
  }

  /// Draws every element uniformly from [−bound, bound).
  public func fillUniform(within bound: Double) {
    fillUniform(-bound, bound)
  }

  /// Draws every element by He et al. (2015), uniformly for the fan in and a leaky ReLU of a slope.
  public func fillKaimingUniform(slope: Double) {
    let gain = (2 / (1 + slope * slope)).squareRoot()
    let deviation = gain / Double(fans.in).squareRoot()
    fillUniform(within: 3.0.squareRoot() * deviation)
  }

  /// Draws every element by Glorot and Bengio (2010), uniformly for the fans in and out.
  public func fillXavierUniform() {
    let deviation = (2 / Double(fans.in + fans.out)).squareRoot()
    fillUniform(within: 3.0.squareRoot() * deviation)
  }

  /// Draws every element by He et al. (2015), from a normal distribution for a ReLU.
  public func fillKaimingNormal(fan: Fan = .in) {
    let count = fan == .in ? fans.in : fans.out
    fillNormal(deviation: 2.0.squareRoot() / Double(count).squareRoot())
  }
}

/// The pass for which a weight's variance is chosen: forward (`in`) or backward (`out`).
public enum Fan: Sendable {
  /// The inputs of each output, for the forward pass, or the outputs of each input, for the
  /// backward pass.
  case `in`, out
}
