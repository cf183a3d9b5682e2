/// A batch normalisation of channels (Ioffe and Szegedy, 2015): [N, C, ...] in any number of
/// dimensions.
public struct BatchNorm: ChannelNorm {
  /// The scale of each channel, [C].
  @Parameter public var weight: Tensor
  /// The shift of each channel, [C].
  @Parameter public var bias: Tensor
  /// The mean that inference subtracts, [C]; training moves it towards each batch's mean.
  @Buffer public var runningMean: Tensor
  /// The variance that inference divides by the root of, [C]; training moves it towards each
  /// batch's.
  @Buffer public var runningVar: Tensor
  /// The number of batches seen in training, int64 [].
  @Buffer public var numBatchesTracked: Tensor
  /// The number added to the variance.
  public let epsilon: Double
  /// The weight of a batch's statistics in the running ones.
  public let momentum: Double
  /// The cache of the preceding convolution merged with this normalisation.
  public let folding = FoldedConvolution()

  /// Creates a normalisation with scale 1, shift 0, mean 0 and variance 1, as PyTorch does.
  public init(_ channels: Int, epsilon: Double = 1e-5, momentum: Double = 0.1) {
    self.epsilon = epsilon
    self.momentum = momentum
    weight = .ones([channels])
    bias = .zeros([channels])
    runningMean = .zeros([channels])
    runningVar = .ones([channels])
    numBatchesTracked = Tensor(0)
  }

  /// Returns the normalised input [N, C, ...]; training counts the batch and updates the running
  /// statistics.
  public func callAsFunction(_ input: Tensor, _ mode: Mode) -> Tensor {
    if mode == .training { numBatchesTracked.add(Tensor(1)) }
    return batchNorm(
      input, weight: weight, bias: bias, mean: runningMean, variance: runningVar, mode: mode,
      momentum: momentum, epsilon: epsilon)
  }

  /// The tensors that the affine map of inference depends on.
  public var mapSources: [Tensor] { [weight, bias, runningMean, runningVar, numBatchesTracked] }
}

/// The name of `BatchNorm` for inputs [N, C, H, W] in PyTorch.
public typealias BatchNorm2d = BatchNorm
/// The name of `BatchNorm` for inputs [N, C, D, H, W] in PyTorch.
public typealias BatchNorm3d = BatchNorm

/// A normalisation of groups of channels by each image's own statistics (Wu and He, 2018):
/// [N, C, ...] in any number of dimensions.
public struct GroupNorm: ModeFreeLayer {
  /// The scale of each channel, [C].
  @Parameter public var weight: Tensor
  /// The shift of each channel, [C].
  @Parameter public var bias: Tensor
  /// The number of groups that the channels are divided into.
  public let groups: Int
  /// The number added to the variance.
  public let epsilon: Double

  /// Creates a normalisation with scale 1 and shift 0; traps unless the groups divide the channels.
  public init(groups: Int, _ channels: Int, epsilon: Double = 1e-5) {
    precondition(
      channels % groups == 0, "expected channels that \(groups) groups share, found \(channels)")
    self.groups = groups
    self.epsilon = epsilon
    weight = .ones([channels])
    bias = .zeros([channels])
  }

  /// Returns the normalised input [N, C, ...].
  public func callAsFunction(_ input: Tensor) -> Tensor {
    groupNorm(input, groups: groups, weight: weight, bias: bias, epsilon: epsilon)
  }
}
