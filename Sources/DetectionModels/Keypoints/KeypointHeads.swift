public import Torch

/// The convolutions before the keypoint predictor (He et al., 2017): [K, C, 14, 14] →
/// [K, 512, 14, 14]; torchvision's `KeypointRCNNHeads`.
public struct KeypointRCNNHeads: Layer {
  private let layers: Sequential
  /// The number of channels of the input.
  public let inChannels: Int
  /// The number of channels of the output.
  public let outChannels: Int

  /// Creates a head; traps if it has no convolution.
  ///
  /// - Parameters:
  ///   - inChannels: The number of channels of the input.
  ///   - layers: The number of channels of each 3×3 convolution, of which there is at least
  ///     one.
  public init(inChannels: Int, layers: [Int] = Array(repeating: 512, count: 8)) {
    precondition(!layers.isEmpty, "expected at least one convolution, found none")
    self.inChannels = inChannels
    outChannels = layers[layers.count - 1]
    self.layers = Sequential(
      zip([inChannels] + layers, layers).flatMap { inChannels, outChannels -> [any Layer] in
        [
          Conv2d(inChannels, outChannels, kernel: 3, padding: 1, isFast: true),
          ReLU(inPlace: true),
        ]
      })
    initializeConvolutions { $0.fillKaimingNormal(fan: .out) }
  }

  /// The convolutions under the even indices of the layers, as in torchvision.
  public var parts: [ModulePart] { layers.parts }

  /// Returns the features of pooled boxes, with their height and width.
  public func callAsFunction(_ input: Tensor, _ mode: Mode) -> Tensor {
    layers(input, mode)
  }
}

/// The predictor of a heatmap of each keypoint for every box, at four times the resolution of its
/// input: [K, C, 14, 14] → [K, keypoints, 56, 56].
///
/// To find other keypoints with a trained model, replace it, as with `FastRCNNPredictor` for
/// classes.
public struct KeypointRCNNPredictor: ModeFreeLayer {
  /// The transposed convolution that predicts the heatmaps at twice the resolution of the input.
  public let kpsScoreLowres: ConvTranspose2d
  /// The factor of the interpolation after the convolution.
  private static let upScale = 2

  /// Creates a predictor with weights drawn as torchvision draws them.
  public init(inChannels: Int, numKeypoints: Int) {
    kpsScoreLowres = ConvTranspose2d(inChannels, numKeypoints, kernel: 4, stride: 2, padding: 1)
    kpsScoreLowres.weight.fillKaimingNormal(fan: .out)
    kpsScoreLowres.bias?.fill(0)
  }

  /// The number of channels of the input.
  public var inChannels: Int { kpsScoreLowres.weight.size(0) }
  /// The number of keypoints of each object.
  public var numKeypoints: Int { kpsScoreLowres.weight.size(1) }

  /// Returns the heatmaps of logits.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    let maps = kpsScoreLowres(input)
    return interpolate(
      maps, height: maps.size(2) * Self.upScale, width: maps.size(3) * Self.upScale, .bilinear)
  }
}
