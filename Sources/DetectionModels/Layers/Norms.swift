public import Torch

/// A kind of normalisation of a convolution's output channels: torchvision's `norm_layer` by a
/// name.
public enum NormKind: String, CaseIterable, Codable, Sendable {
  /// The `BatchNorm2d`, which takes the statistics of each batch in training.
  case batch
  /// The `FrozenBatchNorm2d`, for weights that were trained before.
  case frozen
  /// The `GroupNorm` of 32 groups, or as many as divide the channels (Wu and He, 2018), for batches
  /// of too few images for meaningful statistics.
  case group

  /// Returns the normalisation of a number of channels.
  public func callAsFunction(_ channels: Int) -> any Layer {
    switch self {
    case .batch: BatchNorm2d(channels)
    case .frozen: FrozenBatchNorm2d(channels)
    case .group: GroupNorm(groups: greatestCommonDivisor(32, channels), channels)
    }
  }

  private func greatestCommonDivisor(_ left: Int, _ right: Int) -> Int {
    right == 0 ? left : greatestCommonDivisor(right, left % right)
  }
}

/// A batch normalisation whose statistics and weights are frozen, which detectors have in a
/// backbone with weights from classification: [N, C, H, W] → [N, C, H, W].
public struct FrozenBatchNorm2d: ModeFreeLayer, ChannelNorm {
  /// The default epsilon, which is torchvision's.
  public static let defaultEpsilon = 1e-5

  /// The scale of each channel, [C].
  @Buffer public var weight: Tensor
  /// The shift of each channel, [C].
  @Buffer public var bias: Tensor
  /// The mean of each channel, [C].
  @Buffer public var runningMean: Tensor
  /// The variance of each channel, [C].
  @Buffer public var runningVar: Tensor
  /// The number added to the variance; torchvision's detectors with its first COCO weights have 0.
  public let epsilon: Double
  /// The cache of the preceding convolution merged with this normalisation.
  public let folding = FoldedConvolution()

  /// Creates a normalisation that changes nothing but for epsilon, until weights are loaded.
  public init(_ channels: Int, epsilon: Double = defaultEpsilon) {
    self.epsilon = epsilon
    weight = .ones([channels])
    bias = .zeros([channels])
    runningMean = .zeros([channels])
    runningVar = .ones([channels])
  }

  /// Returns the input with each channel scaled and shifted.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    let (scale, shift) = inferenceMap()
    return input * scale.reshaped([1, -1, 1, 1]) + shift.reshaped([1, -1, 1, 1])
  }

  /// The tensors that the scale and the shift depend on.
  public var mapSources: [Tensor] { [weight, bias, runningMean, runningVar] }
}
