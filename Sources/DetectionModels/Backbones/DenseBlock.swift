import Torch

/// A block of layers, each of which takes the channels of the input and of all layers before it.
///
/// The output is all of these channels: [N, C, H, W] → [N, C + layers · growth rate, H, W].
struct DenseBlock: Layer {
  let layers: [DenseLayer]

  init(_ inChannels: Int, layers: Int, growthRate: Int, dropout: Double, norm: NormLayer) {
    self.layers = (0..<layers).map { index in
      DenseLayer(
        inChannels + index * growthRate, growthRate: growthRate, dropout: dropout, norm: norm)
    }
  }

  var parts: [ModulePart] {
    layers.enumerated().map { ModulePart(key: "denselayer\($0.offset + 1)", value: $0.element) }
  }

  func callAsFunction(_ input: Tensor, _ mode: Mode) -> Tensor {
    var features = [input]
    for layer in layers {
      features.append(layer(.concatenate(features, dim: 1), mode))
    }
    return .concatenate(features, dim: 1)
  }
}

/// A layer of a 1×1 convolution to four times the growth rate, then a 3×3 one to the growth rate.
struct DenseLayer: Layer {
  let norm1: any Layer
  let conv1: Conv2d
  let norm2: any Layer
  let conv2: Conv2d
  let dropout: Dropout

  init(_ inChannels: Int, growthRate: Int, dropout: Double, norm: NormLayer) {
    let bottleneck = 4 * growthRate
    norm1 = norm(inChannels)
    conv1 = Conv2d(inChannels, bottleneck, kernel: 1, bias: false)
    norm2 = norm(bottleneck)
    conv2 = Conv2d(bottleneck, growthRate, kernel: 3, padding: 1, bias: false)
    self.dropout = Dropout(dropout)
  }

  func callAsFunction(_ input: Tensor, _ mode: Mode) -> Tensor {
    let x = relu(norm1(input, mode), inPlace: true)
    let features = conv2(relu(norm2(after: conv1, x, mode), inPlace: true))
    // Without dropout no random number is drawn.
    return dropout.probability > 0 ? dropout(features, mode) : features
  }
}

/// A transition between two dense blocks, with fewer channels and half the height and width.
struct Transition: Layer {
  let norm: any Layer
  let conv: Conv2d

  init(_ inChannels: Int, _ outChannels: Int, norm: NormLayer) {
    self.norm = norm(inChannels)
    conv = Conv2d(inChannels, outChannels, kernel: 1, bias: false)
  }

  var inChannels: Int { conv.weight.size(1) }

  func callAsFunction(_ input: Tensor, _ mode: Mode) -> Tensor {
    let x = conv(relu(norm(input, mode), inPlace: true))
    return averagePool(x, kernel: [2, 2], stride: [2, 2], padding: [0, 0])
  }
}
