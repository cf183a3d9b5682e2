public import Torch

/// Tells at every place of a feature map, for each of its anchors, whether an object is there and
/// how its box differs (Ren et al., 2015).
public struct RPNHead: Module {
  public let conv: Sequential
  public let clsLogits: Conv2d
  public let bboxPred: Conv2d

  /// - Parameter convDepth: 3×3 convolutions before the predictions; torchvision's second
  ///   generation of models has two.
  public init(inChannels: Int, numAnchors: Int, convDepth: Int = 1) {
    conv = Sequential((0..<convDepth).map { _ in convolutionBlock(inChannels, inChannels) })
    clsLogits = Conv2d(inChannels, numAnchors, kernel: 1)
    bboxPred = Conv2d(inChannels, numAnchors * 4, kernel: 1)
    initializeConvolutions { $0.fillNormal(deviation: 0.01) }
  }

  public var inChannels: Int { clsLogits.weight.size(1) }
  public var numAnchors: Int { clsLogits.weight.size(0) }

  /// Returns for each map [N, C, H, W] logits [N, H·W·A] and box offsets [N, H·W·A, 4], in the
  /// order of the anchors.
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

/// Predictions [N, A·K, H, W] in the order of the anchors: [N, H·W·A, K].
func anchorRows(_ predictions: Tensor, columns: Int) -> Tensor {
  let shape = predictions.shape
  return predictions.reshaped([shape[0], -1, columns, shape[2], shape[3]])
    .permuted([0, 3, 4, 1, 2])
    .reshaped([shape[0], -1, columns])
}
