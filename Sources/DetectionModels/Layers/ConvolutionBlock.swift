public import Torch

/// A function that makes the normalisation after a convolution of a number of channels:
/// torchvision's `norm_layer`, such as `{ FrozenBatchNorm2d($0) }`.
public typealias NormLayer = (_ channels: Int) -> any Layer

/// Returns a convolution that keeps height and width, its normalisation and a ReLU: torchvision's
/// `Conv2dNormActivation`, with its keys. It has a bias only without a normalisation.
func convolutionBlock(
  _ inChannels: Int, _ outChannels: Int, kernel: Int = 3, dilation: Int = 1,
  norm: NormLayer? = nil, activated: Bool = true
) -> Sequential {
  var layers: [any Layer] = [
    Conv2d(
      inChannels, outChannels, kernel: Sizes(kernel), padding: Sizes((kernel - 1) / 2 * dilation),
      dilation: Sizes(dilation), bias: norm == nil, isFast: true)
  ]
  if let norm { layers.append(norm(outChannels)) }
  if activated { layers.append(ReLU(inPlace: true)) }
  return Sequential(layers)
}

extension Module {
  /// Draws the weights of all convolutions anew and sets their biases to 0.
  func initializeConvolutions(_ draw: (Tensor) -> Void) {
    forEachModule { module in
      guard let convolution = module as? Conv2d else { return }
      draw(convolution.weight)
      convolution.bias?.fill(0)
    }
  }
}

extension Module {
  /// Draws the weights as torchvision's VGG and MobileNets do, in the order of the modules: those
  /// of convolutions normal for the backward pass of a ReLU (He et al., 2015), those of linear
  /// layers normal with a deviation of 0.01; biases are 0.
  func drawConvolutionsAndClassifier() {
    forEachModule { module in
      switch module {
      case let convolution as Conv2d:
        convolution.weight.fillKaimingNormal(fan: .out)
        convolution.bias?.fill(0)
      case let linear as Linear:
        linear.weight.fillNormal(deviation: 0.01)
        linear.bias?.fill(0)
      default: break
      }
    }
  }
}
