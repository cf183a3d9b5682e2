public import Torch

/// Convolutions before the heatmaps (He et al., 2017): [K, C, 14, 14] → [K, 512, 14, 14].
public struct KeypointRCNNHeads: Layer {
  private let layers: Sequential
  public let inChannels: Int
  public let outChannels: Int

  /// - Parameter layers: channels of each 3×3 convolution, of which there is at least one.
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

  public var parts: [ModulePart] { layers.parts }

  public func callAsFunction(_ input: Tensor, _ mode: Mode) -> Tensor {
    layers(input, mode)
  }
}

/// A heatmap of each keypoint for every box, four times as fine as what it is made of:
/// [K, C, 14, 14] → [K, keypoints, 56, 56].
///
/// Replaced to find keypoints of one's own, as `FastRCNNPredictor` is for classes.
public struct KeypointRCNNPredictor: ModeFreeLayer {
  public let kpsScoreLowres: ConvTranspose2d
  /// How much finer the heatmaps become after the convolution.
  private static let upScale = 2

  public init(inChannels: Int, numKeypoints: Int) {
    kpsScoreLowres = ConvTranspose2d(inChannels, numKeypoints, kernel: 4, stride: 2, padding: 1)
    kpsScoreLowres.weight.fillKaimingNormal(fan: .out)
    kpsScoreLowres.bias?.fill(0)
  }

  public var inChannels: Int { kpsScoreLowres.weight.size(0) }
  public var numKeypoints: Int { kpsScoreLowres.weight.size(1) }

  public func callAsFunction(_ input: Tensor) -> Tensor {
    let maps = kpsScoreLowres(input)
    return interpolate(
      maps, height: maps.size(2) * Self.upScale, width: maps.size(3) * Self.upScale, .bilinear)
  }
}
