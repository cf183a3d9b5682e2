import Testing
import Torch

@Suite("Convolutions")
struct ConvolutionTests {
  static let operations = [
    Operation("two dimensions") {
      let window = ConvolutionWindow(dimensions: 2, stride: 2, padding: 1)
      return convolution($0.input, $0.weight, $0.bias, window)
    },
    Operation("groups") {
      let window = ConvolutionWindow(dimensions: 2, padding: [0, 1], groups: 2)
      return convolution($0.input, $0.weight, $0.bias, window)
    },
    Operation("depthwise, dilated") {
      let window = ConvolutionWindow(dimensions: 2, padding: 2, dilation: 2, groups: 4)
      return convolution($0.input, $0.weight, nil, window)
    },
    Operation("three dimensions") {
      let window = ConvolutionWindow(dimensions: 3, stride: [1, 2, 2], padding: [1, 0, 1])
      return convolution($0.input, $0.weight, $0.bias, window)
    },
    Operation("transposed") {
      transposedConvolution($0.input, $0.weight, $0.bias, stride: [2, 2], padding: [1, 1])
    },
    Operation("linear") { linear($0.input, $0.weight, $0.bias) },
  ]

  @Test(arguments: operations)
  func `a convolution gives PyTorch's figures and gradients`(_ operation: Operation) throws {
    try operation.check(against: "convolutions", tolerance: 2e-5)
  }

  @Test(
    arguments: [(1, 1, 1, 1), (3, 2, 1, 2), (3, 1, 2, 1), (3, 1, 1, 4)])
  func `without gradients a convolution gives the figures of one with them`(
    _ kernel: Int, _ stride: Int, _ dilation: Int, _ groups: Int
  ) {
    let layer = Conv2d(
      4, 8, kernel: Sizes(kernel), stride: Sizes(stride), padding: 1, dilation: Sizes(dilation),
      groups: groups)
    let input = (Tensor.arange(4 * 7 * 9, dtype: .float32) * 0.3).sin().reshaped([1, 4, 7, 9])
    for layout in [Layout.contiguous, .channelsLast] {
      let input = input.contiguous(layout)
      expectClose(withoutGradients { layer(input) }, layer(input).detached(), 1e-5)
    }
  }

  @Test
  func `a transposed convolution whose windows touch gives libtorch's figures and gradients`()
    throws
  {
    func results(_ type: DType) throws -> [Tensor] {
      func waves(_ shape: [Int], _ step: Double) -> Tensor { wave(shape, step).to(type) }
      let input = waves([12, 16, 14, 12], 0.37)
      let parameters = [waves([16, 24, 2, 3], 0.61), waves([24], 1.3)]
      for tensor in [input] + parameters { tensor.requiresGradient = true }
      let output = transposedConvolution(
        input, parameters[0], parameters[1], stride: [2, 3], padding: [0, 0])
      (output * (waves(output.shape, 0.23) + 1)).sum().backward()
      return try [output.detached()]
        + ([input] + parameters).map { try #require($0.gradient) }
    }
    // In float64 libtorch does it by itself.
    for (found, expected) in zip(try results(.float32), try results(.float64)) {
      let largest = expected.abs().amax().item()
      expectClose(found / largest, (expected / largest).to(.float32), 1e-4)
    }
  }

  @Test(
    arguments: [DType.float32, .float64])
  func
    `an empty batch gives an empty one, and weights with channels side by side no gradient but 0`(
      type: DType
    ) throws
  {
    let input = Tensor.zeros([0, 4, 5, 6], dtype: type)
    let weight = Tensor.ones([4, 4, 3, 3], dtype: type).contiguous(.channelsLast)
    weight.requiresGradient = true
    let window = ConvolutionWindow(dimensions: 2, padding: 1)
    let convolved = convolution(input, weight, nil, window)
    let transposed = transposedConvolution(input, weight, stride: [1, 1], padding: [1, 1])
    #expect([convolved.shape, transposed.shape] == [input.shape, input.shape])
    (convolved.sum() + transposed.sum()).backward()
    #expect(try #require(weight.gradient).abs().sum().item() == 0)
  }
}

@Suite("Pooling")
struct PoolingTests {
  static let operations = [
    Operation("max") { MaxPool(kernel: 3, stride: 2, padding: 1)($0.input) },
    Operation("max, ceiling") { MaxPool(kernel: 2, stride: 2, ceilMode: true)($0.input) },
    Operation("max of three") {
      MaxPool(dimensions: 3, kernel: [1, 2, 2], stride: [1, 2, 2])($0.input)
    },
    Operation("average") { AveragePool(kernel: 3, stride: 2, padding: 1)($0.input) },
    Operation("average of three") { AveragePool(dimensions: 3, kernel: 2, stride: 2)($0.input) },
    Operation("adaptive") { AdaptiveAveragePool(size: [4, 3])($0.input) },
    Operation("adaptive of three") { AdaptiveAveragePool(dimensions: 3, size: 1)($0.input) },
  ]

  @Test(arguments: operations)
  func `pooling gives PyTorch's figures and gradients`(_ operation: Operation) throws {
    try operation.check(against: "pooling")
  }
}

@Suite("Normalisation")
struct NormalizationTests {
  static let operations = [
    Operation("batch, training") { batchNorm($0, mode: .training) },
    Operation("batch of clips") { batchNorm($0, mode: .training, epsilon: 1e-3) },
    Operation("batch, inference") {
      Torch.batchNorm(
        $0.input, weight: $0.weight, bias: $0.bias, mean: $0.mean, variance: $0.variance,
        mode: .inference, epsilon: 1e-3)
    },
    Operation("running mean") { trained($0).mean },
    Operation("running variance") { trained($0).variance },
    Operation("group") { groupNorm($0.input, groups: 2, weight: $0.weight, bias: $0.bias) },
    Operation("layer") { layerNorm($0.input, shape: [2, 3], weight: $0.weight, bias: $0.bias) },
  ]

  @Test(arguments: operations)
  func `normalising gives PyTorch's figures and gradients`(_ operation: Operation) throws {
    try operation.check(against: "normalization", tolerance: 5e-5)
  }

  @Test func `only training counts batches and moves the statistics of a layer`() {
    let layer = BatchNorm2d(2)
    let input = Tensor.arange(16, dtype: .float32).reshaped([2, 2, 2, 2])
    _ = layer(input, .inference)
    #expect(layer.runningMean.scalars() == [0, 0] as [Float])
    _ = layer(input, .training)
    #expect(layer.numBatchesTracked.itemInt() == 1)
    #expect(layer.runningMean.scalars() == [0.55, 0.95] as [Float])
  }

  @Test func `an empty batch moves no statistics in training and comes out empty`() {
    let layer = BatchNorm2d(2)
    #expect(layer(.zeros([0, 2, 3, 3]), .training).shape == [0, 2, 3, 3])
    #expect(layer.runningMean.scalars() == [0, 0] as [Float])
    #expect(layer.runningVar.scalars() == [1, 1] as [Float])
  }

  @Test func `dropout scales what it leaves in training and leaves all in inference`() {
    let input = Tensor.ones([1000])
    #expect(Dropout(0.5)(input, .inference).scalars() == input.scalars() as [Float])
    let values: [Float] = Dropout(0.75)(input, .training).scalars()
    #expect(Set(values) == [0, 4])
  }

  private static func batchNorm(_ inputs: Inputs, mode: Mode, epsilon: Double = 1e-5) -> Tensor {
    Torch.batchNorm(
      inputs.input, weight: inputs.weight, bias: inputs.bias, mean: .zeros([4]),
      variance: .ones([4]), mode: mode, epsilon: epsilon)
  }

  private static func trained(_ inputs: Inputs) -> Inputs {
    _ = Torch.batchNorm(
      inputs.input, weight: inputs.weight, bias: inputs.bias, mean: inputs.mean,
      variance: inputs.variance, mode: .training, momentum: 0.3)
    return inputs
  }
}

@Suite("Interpolation")
struct InterpolationTests {
  static let operations = [
    Operation("nearest up") { interpolate($0.input, height: 9, width: 7, .nearest) },
    Operation("nearest down") { interpolate($0.input, height: 3, width: 2, .nearest) },
    Operation("nearest with scales") {
      interpolate($0.input, height: 6, width: 6, .nearest, scales: (height: 1.3, width: 1.7))
    },
    Operation("bilinear up") { interpolate($0.input, height: 9, width: 7, .bilinear) },
    Operation("bilinear down") { interpolate($0.input, height: 3, width: 2, .bilinear) },
    Operation("bilinear with scales") {
      interpolate($0.input, height: 6, width: 6, .bilinear, scales: (height: 1.3, width: 1.7))
    },
    Operation("antialiased") {
      interpolate($0.input, height: 3, width: 2, .bilinear, antialias: true)
    },
  ]

  @Test(arguments: operations)
  func `resizing gives PyTorch's figures and gradients`(_ operation: Operation) throws {
    try operation.check(against: "interpolation")
  }
}

@Suite("Activations")
struct ActivationTests {
  static let activations: [(String, any Layer, any Layer)] = [
    ("ReLU", ReLU(), ReLU(inPlace: true)),
    ("ReLU6", ReLU6(), ReLU6(inPlace: true)),
    ("Hardswish", Hardswish(), Hardswish(inPlace: true)),
  ]

  @Test(
    arguments: activations)
  func `an activation in place overwrites its input with what it gives else`(
    _ name: String, apart: any Layer, inPlace: any Layer
  ) {
    let input = Tensor([-4, -1, 0, 2, 7] as [Float])
    let expected: [Float] = apart(input, .inference).scalars()
    #expect(input.scalars() == [-4, -1, 0, 2, 7] as [Float])
    let output = inPlace(input, .inference)
    #expect(output.scalars() == expected)
    #expect(output.sharesStorage(with: input))
  }
}
