/// Normalisation of groups of channels by each picture's own statistics (Wu and He, 2018):
/// [N, C, ...] in any number of dimensions.
public struct GroupNorm: ModeFreeLayer {
  /// [C]
  @Parameter public var weight: Tensor
  /// [C]
  @Parameter public var bias: Tensor
  public let groups: Int
  public let epsilon: Double

  public init(groups: Int, _ channels: Int, epsilon: Double = 1e-5) {
    precondition(
      channels % groups == 0, "expected channels that \(groups) groups share, found \(channels)")
    self.groups = groups
    self.epsilon = epsilon
    weight = .ones([channels])
    bias = .zeros([channels])
  }

  public func callAsFunction(_ input: Tensor) -> Tensor {
    groupNorm(input, groups: groups, weight: weight, bias: bias, epsilon: epsilon)
  }
}
