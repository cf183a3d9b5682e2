public import Torch

/// What normalises the channels that a convolution gives: torchvision's `norm_layer` by a name.
public enum NormKind: String, CaseIterable, Codable, Sendable {
  /// `BatchNorm2d`.
  case batch
  /// `FrozenBatchNorm2d`: for weights that were trained before.
  case frozen
  /// `GroupNorm` of 32 groups, or as many as divide the channels (Wu and He, 2018): for batches of
  /// so few pictures that their statistics say little.
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
