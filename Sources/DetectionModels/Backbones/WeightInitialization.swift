import Torch

extension Module {
  /// Draws the weights as VGG and the MobileNets of torchvision do, in the order of the modules:
  /// those of convolutions normal for the backward pass of a ReLU (He et al., 2015), those of linear
  /// layers normal with a deviation of 0.01; biases are zero.
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
