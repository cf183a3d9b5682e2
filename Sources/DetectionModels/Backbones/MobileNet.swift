public import Torch

/// The common form of the MobileNets: features, the mean of each channel, and a classifier.
public protocol MobileNet: FeatureExtractor {
  /// The layers before the classifier, [N, 3, H, W] → [N, outChannels, H/32, W/32].
  var features: Sequential { get }
  /// The classifier, [N, outChannels] → [N, classes], whose last layer predicts the classes.
  var classifier: Sequential { get set }
}

extension MobileNet {
  /// Returns the logits of images [N, 3, H, W].
  public func callAsFunction(_ input: Tensor, _ mode: Mode) -> Tensor {
    let x = adaptiveAveragePool(features(input, mode), size: [1, 1])
    return classifier(x.flattened(from: 1), mode)
  }

  /// The layers of `features`, with their indices as keys.
  public var featureLayers: [(key: String, layer: any Layer)] {
    features.layers.enumerated().map { (String($0.offset), $0.element) }
  }

  /// The stages of the features; the map of each is the output of its first layer, whose height and
  /// width the following layers keep.
  public var featureStages: [FeatureStage] {
    zip(stageIndices, stageChannels).enumerated().map { number, stage in
      FeatureStage(
        number, start: stage.0, map: FeatureMapSource(layer: stage.0, channels: stage.1))
    }
  }

  /// The number of channels of the features.
  public var outChannels: Int { stageChannels[stageChannels.count - 1] }

  /// The indices of the features whose outputs a feature pyramid may take: the first, those with
  /// stride 2, and the last, as torchvision's detectors count them (C0, C1 …).
  public var stageIndices: [Int] {
    let strided = scaled.indices.dropFirst().dropLast().filter { scaled[$0].stride == 2 }
    return [0] + strided + [scaled.count - 1]
  }

  /// The number of output channels of the features at `stageIndices`.
  public var stageChannels: [Int] {
    stageIndices.map { scaled[$0].outChannels }
  }

  private var scaled: [any ScalingLayer] {
    features.layers.compactMap { $0 as? any ScalingLayer }
  }
}

/// A layer with a known stride and a known number of output channels.
protocol ScalingLayer: Layer {
  var stride: Int { get }
  var outChannels: Int { get }
}

/// A convolution without bias, which keeps height and width except for its stride, with a
/// normalisation and an optional activation.
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
