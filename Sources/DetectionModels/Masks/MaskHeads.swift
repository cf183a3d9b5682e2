public import Torch

/// Convolutions before the masks (He et al., 2017): [K, C, 14, 14] → [K, 256, 14, 14].
public struct MaskRCNNHeads: Layer {
  private let layers: Sequential
  public let inChannels: Int
  public let outChannels: Int

  /// - Parameter layers: channels of each 3×3 convolution, of which there is at least one.
  public init(
    inChannels: Int, layers: [Int] = [256, 256, 256, 256], dilation: Int = 1,
    norm: NormLayer? = nil
  ) {
    precondition(!layers.isEmpty, "expected at least one convolution, found none")
    self.inChannels = inChannels
    outChannels = layers[layers.count - 1]
    self.layers = Sequential(
      zip([inChannels] + layers, layers).map {
        convolutionBlock($0, $1, dilation: dilation, norm: norm)
      })
    initializeConvolutions { $0.fillKaimingNormal(fan: .out) }
  }

  public var parts: [ModulePart] { layers.parts }

  public func callAsFunction(_ input: Tensor, _ mode: Mode) -> Tensor {
    layers(input, mode)
  }
}

/// A mask of each class for every box, twice as fine as what it is made of: [K, C, 14, 14] →
/// [K, classes, 28, 28].
///
/// Replaced to find classes of one's own, as `FastRCNNPredictor` is.
public struct MaskRCNNPredictor: ModeFreeLayer {
  public let conv5Mask: ConvTranspose2d
  public let maskFcnLogits: Conv2d

  /// - Parameter numClasses: the background included.
  public init(inChannels: Int, dimReduced: Int = 256, numClasses: Int) {
    conv5Mask = ConvTranspose2d(inChannels, dimReduced, kernel: 2, stride: 2)
    maskFcnLogits = Conv2d(dimReduced, numClasses, kernel: 1)
    conv5Mask.weight.fillKaimingNormal(fan: .out)
    maskFcnLogits.weight.fillKaimingNormal(fan: .out)
  }

  public var inChannels: Int { conv5Mask.weight.size(0) }
  /// The background included.
  public var numClasses: Int { maskFcnLogits.weight.size(0) }

  public func callAsFunction(_ input: Tensor) -> Tensor {
    maskFcnLogits(relu(conv5Mask(input), inPlace: true))
  }

  /// The mask of one class for each box, and of no other: [K, C, 14, 14] → [K, 28, 28].
  ///
  /// - Parameter labels: int64 [K]: the classes.
  func masks(_ input: Tensor, of labels: Tensor) -> Tensor {
    let features = relu(conv5Mask(input), inPlace: true)
    let (boxes, height, width) = (features.size(0), features.size(2), features.size(3))
    let weight = maskFcnLogits.weight[labels].reshaped([boxes, features.size(1), 1])
    let places = features.permuted([0, 2, 3, 1]).reshaped([boxes, height * width, weight.size(1)])
    let masks = places.matmul(weight).reshaped([boxes, height, width])
    guard let bias = maskFcnLogits.bias else { return masks }
    return masks + bias[labels].reshaped([boxes, 1, 1])
  }
}
