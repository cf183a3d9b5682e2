public import Torch

/// A head that turns the pooled maps of boxes, [K, C, H, W], into the features, [K, F], from which
/// their classes and offsets are predicted.
public protocol BoxHead: Layer {
  /// The number of values of one box: C·H·W.
  var inFeatures: Int { get }
  /// The number of features of one box.
  var outFeatures: Int { get }
}

/// A head of two fully connected layers, which models with a feature pyramid have; torchvision's
/// `TwoMLPHead`.
public struct TwoMLPHead: BoxHead, ModeFreeLayer {
  /// The first layer.
  public let fc6: Linear
  /// The second layer.
  public let fc7: Linear

  /// Creates a head for boxes of `inFeatures` values.
  public init(inFeatures: Int, representationSize: Int = 1024) {
    fc6 = Linear(inFeatures, representationSize)
    fc7 = Linear(representationSize, representationSize)
  }

  /// The number of values of one box: C·H·W.
  public var inFeatures: Int { fc6.inFeatures }
  /// The number of features of one box.
  public var outFeatures: Int { fc7.outFeatures }

  /// Returns the features [K, F] of pooled boxes [K, C, H, W].
  public func callAsFunction(_ input: Tensor) -> Tensor {
    let hidden = relu(fc6(input.flattened(from: 1)), inPlace: true)
    return relu(fc7(hidden), inPlace: true)
  }
}

/// A head of convolutions before fully connected layers, which torchvision's second generation of
/// models has; its `FastRCNNConvFCHead`.
public struct FastRCNNConvFCHead: BoxHead {
  private let layers: Sequential
  /// The number of values of one box: C·H·W.
  public let inFeatures: Int
  /// The number of features of one box.
  public let outFeatures: Int

  /// Creates a head; traps if it has no fully connected layer.
  ///
  /// - Parameters:
  ///   - inChannels: The number of channels of the pooled boxes.
  ///   - resolution: The height and width of the pooled boxes.
  ///   - convLayers: The number of channels of each 3×3 convolution.
  ///   - fcLayers: The number of outputs of each fully connected layer, of which there is at
  ///     least one.
  ///   - norm: Makes the normalisation of the convolutions; nil for none.
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

  /// The layers under their indices, as in torchvision.
  public var parts: [ModulePart] { layers.parts }

  /// Returns the features [K, F] of pooled boxes [K, C, H, W].
  public func callAsFunction(_ input: Tensor, _ mode: Mode) -> Tensor {
    layers(input, mode)
  }
}

/// The predictor of a box's class and, for each class, of its box offsets (Girshick, 2015).
///
/// To detect other classes with a trained model, replace it:
/// `model.roiHeads.boxPredictor = FastRCNNPredictor(inFeatures: 1024, numClasses: 2)`.
public struct FastRCNNPredictor: Module {
  /// The layer that predicts the logits of the classes.
  public let clsScore: Linear
  /// The layer that predicts the box offsets of each class.
  public let bboxPred: Linear

  /// Creates a predictor.
  ///
  /// - Parameters:
  ///   - inFeatures: The number of features of one box.
  ///   - numClasses: The number of classes, the background included.
  public init(inFeatures: Int, numClasses: Int) {
    clsScore = Linear(inFeatures, numClasses)
    bboxPred = Linear(inFeatures, numClasses * 4)
  }

  /// The number of features of one box.
  public var inFeatures: Int { clsScore.inFeatures }
  /// The number of classes, the background included.
  public var numClasses: Int { clsScore.outFeatures }

  /// Returns the logits [K, classes] and the box offsets [K, classes, 4].
  public func callAsFunction(_ features: Tensor) -> (logits: Tensor, codes: Tensor) {
    let features = features.flattened(from: 1)
    return (clsScore(features), bboxPred(features).reshaped([-1, numClasses, 4]))
  }
}
