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
