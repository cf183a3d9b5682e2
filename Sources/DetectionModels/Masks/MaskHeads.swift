public import Torch

/// The convolutions before the mask predictor (He et al., 2017): [K, C, 14, 14] → [K, 256, 14, 14];
/// torchvision's `MaskRCNNHeads`.
public struct MaskRCNNHeads: Layer {
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
  ///   - dilation: The dilation of the convolutions.
  ///   - norm: Makes the normalisation of the convolutions; nil for none.
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

  /// The convolutions with their indices as keys, as in torchvision.
  public var parts: [ModulePart] { layers.parts }

  /// Returns the features of pooled boxes, with their height and width.
  public func callAsFunction(_ input: Tensor, _ mode: Mode) -> Tensor {
    layers(input, mode)
  }
}

/// The predictor of a mask of each class for every box, at twice the resolution of its input:
/// [K, C, 14, 14] → [K, classes, 28, 28].
///
/// To detect other classes with a trained model, replace it, as with `FastRCNNPredictor`.
public struct MaskRCNNPredictor: ModeFreeLayer {
  /// The transposed convolution that doubles the resolution.
  public let conv5Mask: ConvTranspose2d
  /// The convolution that predicts the logits of each class.
  public let maskFcnLogits: Conv2d

  /// Creates a predictor with weights drawn as torchvision draws them.
  ///
  /// - Parameters:
  ///   - inChannels: The number of channels of the input.
  ///   - dimReduced: The number of channels between the two layers.
  ///   - numClasses: The number of classes, the background included.
  public init(inChannels: Int, dimReduced: Int = 256, numClasses: Int) {
    conv5Mask = ConvTranspose2d(inChannels, dimReduced, kernel: 2, stride: 2)
    maskFcnLogits = Conv2d(dimReduced, numClasses, kernel: 1)
    conv5Mask.weight.fillKaimingNormal(fan: .out)
    maskFcnLogits.weight.fillKaimingNormal(fan: .out)
  }

  /// The number of channels of the input.
  public var inChannels: Int { conv5Mask.weight.size(0) }
  /// The number of classes, the background included.
  public var numClasses: Int { maskFcnLogits.weight.size(0) }

  /// Returns the mask logits of every class.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    maskFcnLogits(relu(conv5Mask(input), inPlace: true))
  }

  /// Returns the mask logits of one class for each box: [K, C, 14, 14] → [K, 28, 28].
  ///
  /// - Parameters:
  ///   - input: The features of the boxes.
  ///   - labels: The class of each box, int64 [K].
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
