public import Torch

/// What normalises the channels that a convolution gives: torchvision's `norm_layer` by a name.
public enum NormKind: String, CaseIterable, Codable, Sendable {
  /// `BatchNorm2d`.
  case batch
  /// `FrozenBatchNorm2d`: for weights that were trained before.
  case frozen
  /// `GroupNorm` of 32 groups, or as many as divide the channels (Wu and He, 2018): for batches of
  /// so few images that their statistics say little.
  case group

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

/// Batch normalisation whose statistics and weights stay as they are: what a detector's backbone
/// has whose weights come from classification. [N, C, H, W] → [N, C, H, W].
public struct FrozenBatchNorm2d: ModeFreeLayer, ChannelNorm {
  /// torchvision's.
  public static let defaultEpsilon = 1e-5

  /// [C]
  @Buffer public var weight: Tensor
  /// [C]
  @Buffer public var bias: Tensor
  /// [C]
  @Buffer public var runningMean: Tensor
  /// [C]
  @Buffer public var runningVar: Tensor
  /// What is added to the variance. torchvision's detectors with its first COCO weights have 0.
  public let epsilon: Double
  public let folding = FoldedConvolution()

  public init(_ channels: Int, epsilon: Double = defaultEpsilon) {
    self.epsilon = epsilon
    weight = .ones([channels])
    bias = .zeros([channels])
    runningMean = .zeros([channels])
    runningVar = .ones([channels])
  }

  public func callAsFunction(_ input: Tensor) -> Tensor {
    let (scale, shift) = inferenceMap()
    return input * scale.reshaped([1, -1, 1, 1]) + shift.reshaped([1, -1, 1, 1])
  }

  public var mapSources: [Tensor] { [weight, bias, runningMean, runningVar] }
}
