public import Torch

/// What the MobileNets have in common: features, the mean of each channel, a classifier.
public protocol MobileNet: FeatureExtractor {
  /// [N, 3, H, W] → [N, outChannels, H/32, W/32]
  var features: Sequential { get }
  /// [N, outChannels] → [N, classes]; its last layer is the one that knows the classes.
  var classifier: Sequential { get set }
}

extension MobileNet {
  public func callAsFunction(_ input: Tensor, _ mode: Mode) -> Tensor {
    let x = adaptiveAveragePool(features(input, mode), size: [1, 1])
    return classifier(x.flattened(from: 1), mode)
  }

  public var featureLayers: [(key: String, layer: any Layer)] {
    features.layers.enumerated().map { (String($0.offset), $0.element) }
  }

  /// A stage's map is what its first layer gives, after which height and width stay.
  public var featureStages: [FeatureStage] {
    zip(stageIndices, stageChannels).enumerated().map { number, stage in
      FeatureStage(
        number, start: stage.0, map: FeatureMapSource(layer: stage.0, channels: stage.1))
    }
  }

  /// The channels of what the features give.
  public var outChannels: Int { stageChannels[stageChannels.count - 1] }

  /// Indices of the features whose outputs a feature pyramid may take: the first one, those with
  /// stride 2, and the last one, as torchvision's detectors count them (C0, C1 …).
  public var stageIndices: [Int] {
    let strided = scaled.indices.dropFirst().dropLast().filter { scaled[$0].stride == 2 }
    return [0] + strided + [scaled.count - 1]
  }

  /// The channels that the features with `stageIndices` give.
  public var stageChannels: [Int] {
    stageIndices.map { scaled[$0].outChannels }
  }

  private var scaled: [any ScalingLayer] {
    features.layers.compactMap { $0 as? any ScalingLayer }
  }
}

/// A layer that knows by how much it divides height and width and how many channels it gives.
protocol ScalingLayer: Layer {
  var stride: Int { get }
  var outChannels: Int { get }
}

/// A convolution without bias that keeps the size but for its stride, batch norm, and an
/// activation if there is one.
struct Conv2dNormActivation: ScalingLayer {
  let stride: Int
  let outChannels: Int
  private let layers: Sequential

  init(
    _ inChannels: Int, _ outChannels: Int, kernel: Int, stride: Int = 1, groups: Int = 1,
    norm: (Int) -> any Layer, activation: (any Layer)?
  ) {
    self.stride = stride
    self.outChannels = outChannels
    let convolution = Conv2d(
      inChannels, outChannels, kernel: Sizes(kernel), stride: Sizes(stride),
      padding: Sizes((kernel - 1) / 2), groups: groups, bias: false)
    let parts: [(any Layer)?] = [convolution, norm(outChannels), activation]
    layers = Sequential(parts.compactMap { $0 })
  }

  var parts: [ModulePart] { layers.parts }

  func callAsFunction(_ input: Tensor, _ mode: Mode) -> Tensor {
    layers(input, mode)
  }
}
