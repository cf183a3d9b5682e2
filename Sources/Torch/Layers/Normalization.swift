/// Batch normalisation of channels (Ioffe and Szegedy, 2015): [N, C, ...] in any number of
/// dimensions.
public struct BatchNorm: ChannelNorm {
  /// [C]
  @Parameter public var weight: Tensor
  /// [C]
  @Parameter public var bias: Tensor
  /// [C], what inference subtracts; training moves it towards each batch's mean.
  @Buffer public var runningMean: Tensor
  /// [C], what inference divides by the root of.
  @Buffer public var runningVar: Tensor
  /// int64 []
  @Buffer public var numBatchesTracked: Tensor
  public let epsilon: Double
  /// How far a batch moves the running statistics.
  public let momentum: Double
  public let folding = FoldedConvolution()

  public init(_ channels: Int, epsilon: Double = 1e-5, momentum: Double = 0.1) {
    self.epsilon = epsilon
    self.momentum = momentum
    weight = .ones([channels])
    bias = .zeros([channels])
    runningMean = .zeros([channels])
    runningVar = .ones([channels])
    numBatchesTracked = Tensor(0)
  }

  public func callAsFunction(_ input: Tensor, _ mode: Mode) -> Tensor {
    if mode == .training { numBatchesTracked.add(Tensor(1)) }
    return batchNorm(
      input, weight: weight, bias: bias, mean: runningMean, variance: runningVar, mode: mode,
      momentum: momentum, epsilon: epsilon)
  }

  public var mapSources: [Tensor] { [weight, bias, runningMean, runningVar, numBatchesTracked] }
}

public typealias BatchNorm2d = BatchNorm
public typealias BatchNorm3d = BatchNorm

/// Normalisation of groups of channels by each image's own statistics (Wu and He, 2018):
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
