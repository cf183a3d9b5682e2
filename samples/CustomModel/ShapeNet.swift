import Torch

/// A small network of one's own. The names of the properties are the keys of its state, as in
/// PyTorch: `features.0.conv.weight`, `classifier.bias` …
struct ShapeNet: Layer {
  let features: Sequential
  let dropout: Dropout
  var classifier: Linear

  init(numClasses: Int) {
    features = Sequential(
      ConvBlock(3, 16, stride: 2),  // [N, 16, 16, 16]
      ConvBlock(16, 32, stride: 2),  // [N, 32, 8, 8]
      ConvBlock(32, 64, stride: 2))  // [N, 64, 4, 4]
    dropout = Dropout(0.1)
    classifier = Linear(64, numClasses)
  }

  func callAsFunction(_ input: Tensor, _ mode: Mode) -> Tensor {
    let x = features(input, mode)
    let pooled = adaptiveAveragePool(x, size: [1, 1]).flattened(from: 1)  // [N, 64]
    return classifier(dropout(pooled, mode))
  }
}

/// A part of it: a convolution, normalised and rectified.
struct ConvBlock: Layer {
  let conv: Conv2d
  let norm: BatchNorm2d

  init(_ inChannels: Int, _ outChannels: Int, stride: Int) {
    conv = Conv2d(
      inChannels, outChannels, kernel: 3, stride: Sizes(stride), padding: 1, bias: false)
    norm = BatchNorm2d(outChannels)
  }

  func callAsFunction(_ input: Tensor, _ mode: Mode) -> Tensor {
    relu(norm(conv(input), mode), inPlace: true)
  }
}
