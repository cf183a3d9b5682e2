/// A matrix product and a bias: [..., in] → [..., out].
public struct Linear: ModeFreeLayer {
  /// [out, in]
  @Parameter public var weight: Tensor
  /// [out]
  @Parameter public var bias: Tensor?

  public init(_ inFeatures: Int, _ outFeatures: Int, bias: Bool = true) {
    (weight, self.bias) = convolutionState([outFeatures, inFeatures], bias: bias)
  }

  public var inFeatures: Int { weight.size(1) }
  public var outFeatures: Int { weight.size(0) }

  public func callAsFunction(_ input: Tensor) -> Tensor {
    linear(input, weight, bias)
  }
}

// How weights are drawn at first, in PyTorch's order of arithmetic and of draws: the same seed
// gives the same weights.

extension Tensor {
  /// The inputs and outputs that each number of a weight [out, in, kernel...] is part of.
  public var fans: (in: Int, out: Int) {
    let shape = shape
    precondition(shape.count >= 2, "expected a weight of 2 dimensions or more, found \(shape)")
    let field = shape.dropFirst(2).reduce(1, *)
    return (in: shape[1] * field, out: shape[0] * field)
  }

  public func fillUniform(within bound: Double) {
    fillUniform(-bound, bound)
  }

  /// He et al., 2015, uniform over the fan in, for a leaky ReLU of a slope.
  public func fillKaimingUniform(slope: Double) {
    let gain = (2 / (1 + slope * slope)).squareRoot()
    let deviation = gain / Double(fans.in).squareRoot()
    fillUniform(within: 3.0.squareRoot() * deviation)
  }

  /// Glorot and Bengio, 2010, uniform over the fans in and out.
  public func fillXavierUniform() {
    let deviation = (2 / Double(fans.in + fans.out)).squareRoot()
    fillUniform(within: 3.0.squareRoot() * deviation)
  }

  /// He et al., 2015, normal, for a ReLU.
  public func fillKaimingNormal(fan: Fan = .in) {
    let count = fan == .in ? fans.in : fans.out
    fillNormal(deviation: 2.0.squareRoot() / Double(count).squareRoot())
  }
}

/// What a weight's variance is chosen for: the forward pass or the backward pass.
public enum Fan: Sendable {
  case `in`, out
}
