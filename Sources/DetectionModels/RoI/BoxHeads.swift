public import Torch

/// Makes of what was cut out for a box [K, C, H, W] the features [K, F] that its class and its
/// exact place are predicted from.
public protocol BoxHead: Layer {
  /// Numbers of one box: C·H·W.
  var inFeatures: Int { get }
  var outFeatures: Int { get }
}

/// Two fully connected layers: the head of models with a feature pyramid.
public struct TwoMLPHead: BoxHead, ModeFreeLayer {
  public let fc6: Linear
  public let fc7: Linear

  public init(inFeatures: Int, representationSize: Int = 1024) {
    fc6 = Linear(inFeatures, representationSize)
    fc7 = Linear(representationSize, representationSize)
  }

  public var inFeatures: Int { fc6.inFeatures }
  public var outFeatures: Int { fc7.outFeatures }

  public func callAsFunction(_ input: Tensor) -> Tensor {
    let hidden = relu(fc6(input.flattened(from: 1)), inPlace: true)
    return relu(fc7(hidden), inPlace: true)
  }
}

/// Convolutions before fully connected layers: the head of torchvision's second generation.
public struct FastRCNNConvFCHead: BoxHead {
  private let layers: Sequential
  public let inFeatures: Int
  public let outFeatures: Int

  /// - Parameters:
  ///   - inChannels: channels of what is cut out.
  ///   - resolution: height and width of what is cut out.
  ///   - convLayers: channels of each 3×3 convolution.
  ///   - fcLayers: outputs of each fully connected layer, of which there is at least one.
  public init(
    inChannels: Int, resolution: SpatialSize, convLayers: [Int] = [256, 256, 256, 256],
    fcLayers: [Int] = [1024], norm: NormLayer? = { BatchNorm2d($0) }
  ) {
    precondition(!fcLayers.isEmpty, "expected at least one fully connected layer, found none")
    inFeatures = inChannels * resolution.height * resolution.width
    var layers: [any Layer] = []
    var channels = inChannels
    for outChannels in convLayers {
      layers.append(convolutionBlock(channels, outChannels, norm: norm))
      channels = outChannels
    }
    layers.append(Flatten())
    var features = channels * resolution.height * resolution.width
    for outFeatures in fcLayers {
      layers += [Linear(features, outFeatures), ReLU(inPlace: true)]
      features = outFeatures
    }
    outFeatures = features
    self.layers = Sequential(layers)
    initializeConvolutions { $0.fillKaimingNormal(fan: .out) }
  }

  public var parts: [ModulePart] { layers.parts }

  public func callAsFunction(_ input: Tensor, _ mode: Mode) -> Tensor {
    layers(input, mode)
  }
}

/// Tells the class of a box and, for each class, how the object's box differs (Girshick, 2015).
///
/// Replaced to find classes of one's own:
/// `model.roiHeads.boxPredictor = FastRCNNPredictor(inFeatures: 1024, numClasses: 2)`.
public struct FastRCNNPredictor: Module {
  public let clsScore: Linear
  public let bboxPred: Linear

  /// - Parameter numClasses: the background included.
  public init(inFeatures: Int, numClasses: Int) {
    clsScore = Linear(inFeatures, numClasses)
    bboxPred = Linear(inFeatures, numClasses * 4)
  }

  public var inFeatures: Int { clsScore.inFeatures }
  /// The background included.
  public var numClasses: Int { clsScore.outFeatures }

  /// Logits [K, classes] and box offsets [K, classes, 4].
  public func callAsFunction(_ features: Tensor) -> (logits: Tensor, codes: Tensor) {
    let features = features.flattened(from: 1)
    return (clsScore(features), bboxPred(features).reshaped([-1, numClasses, 4]))
  }
}
