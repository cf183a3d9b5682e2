public import Torch

/// The head of a region proposal network, which predicts at every place of a feature map whether
/// each anchor contains an object, and the offsets of its box (Ren et al., 2015).
public struct RPNHead: Module {
  /// The 3×3 convolutions before the predictions.
  public let conv: Sequential
  /// The convolution that predicts the logits of objectness.
  public let clsLogits: Conv2d
  /// The convolution that predicts the box offsets.
  public let bboxPred: Conv2d

  /// Creates a head with weights drawn as torchvision draws them.
  ///
  /// - Parameters:
  ///   - inChannels: The number of channels of the maps.
  ///   - numAnchors: The number of anchors at each place.
  ///   - convDepth: The number of 3×3 convolutions before the predictions; torchvision's second
  ///     generation of models has two.
  public init(inChannels: Int, numAnchors: Int, convDepth: Int = 1) {
    conv = Sequential((0..<convDepth).map { _ in convolutionBlock(inChannels, inChannels) })
    clsLogits = Conv2d(inChannels, numAnchors, kernel: 1)
    bboxPred = Conv2d(inChannels, numAnchors * 4, kernel: 1)
    initializeConvolutions { $0.fillNormal(deviation: 0.01) }
  }

  /// The number of channels of the maps.
  public var inChannels: Int { clsLogits.weight.size(1) }
  /// The number of anchors at each place.
  public var numAnchors: Int { clsLogits.weight.size(0) }

  /// Returns for each map [N, C, H, W] the logits [N, H·W·A] and the box offsets [N, H·W·A, 4], in
  /// the order of the anchors.
  public func callAsFunction(
    _ maps: [Tensor], _ mode: Mode
  ) -> [(logits: Tensor, codes: Tensor)] {
    maps.map { map in
      let hidden = conv(map, mode)
      return (
        logits: anchorRows(clsLogits(hidden), columns: 1).squeezed(2),
        codes: anchorRows(bboxPred(hidden), columns: 4)
      )
    }
  }
}

/// Returns predictions [N, A·K, H, W] in the order of the anchors, [N, H·W·A, K].
func anchorRows(_ predictions: Tensor, columns: Int) -> Tensor {
  let shape = predictions.shape
  return predictions.reshaped([shape[0], -1, columns, shape[2], shape[3]])
    .permuted([0, 3, 4, 1, 2])
    .reshaped([shape[0], -1, columns])
}
