import Testing
import Torch

@Suite("Gradients")
struct AutogradTests {
  @Test func `the gradients of a small net are its finite differences`() throws {
    let net = SmallNet()
    for parameter in net.parameters { parameter.requiresGradient = true }
    net.loss().backward()
    for parameter in net.parameters {
      let gradient = try #require(parameter.gradient)
      let slopes = (0..<parameter.count).map { slope(of: net, parameter, $0) }
      expectClose(gradient, Tensor(slopes, shape: parameter.shape), 1e-7)
    }
  }

  /// The central difference of the loss by one number.
  private func slope(of net: SmallNet, _ parameter: Tensor, _ index: Int) -> Double {
    let number = parameter.detached().reshaped([-1])[index]
    let value = number.item()
    let step = 1e-5
    func loss(at value: Double) -> Double {
      number.fill(value)
      return withoutGradients { net.loss().item() }
    }
    defer { number.fill(value) }
    return (loss(at: value + step) - loss(at: value - step)) / (2 * step)
  }

  @Test func `backward passes add up until the gradients are taken away`() {
    let layer = Linear(1, 1)
    let input = Tensor([3] as [Float], shape: [1, 1])
    layer(input).sum().backward()
    layer(input).sum().backward()
    #expect(layer.weight.gradient?.item() == 6)
    layer.zeroGradients()
    #expect(layer.weight.gradient == nil)
  }

  @Test func `a tensor of several elements goes backward with a gradient of its own`() {
    let tensor = Tensor([1, 2] as [Float])
    tensor.requiresGradient = true
    tensor.square().backward(Tensor([1, 10] as [Float]))
    #expect(tensor.gradient?.scalars() == [2, 40] as [Float])
  }

  @Test func `a detached tensor and a frozen parameter have no part in a backward pass`() {
    let layer = Linear(2, 1)
    #expect(!layer.weight.detached().requiresGradient)
    layer.setTrainable(false)
    #expect(!layer(Tensor.ones([1, 2])).requiresGradient)
    layer.setTrainable(true)
    #expect(layer(Tensor.ones([1, 2])).requiresGradient)
  }

  @Test func `scopes without gradients nest`() {
    let weight = Tensor([1] as [Float])
    weight.requiresGradient = true
    withoutGradients {
      withoutGradients { #expect(!(weight * 2).requiresGradient) }
      #expect(!(weight * 2).requiresGradient)
    }
    #expect((weight * 2).requiresGradient)
  }

  @Test func `gradients are back after a body that throws`() {
    let weight = Tensor([1] as [Float])
    weight.requiresGradient = true
    #expect(throws: TorchError("stop")) {
      try withoutGradients { () throws(TorchError) in throw TorchError("stop") }
    }
    #expect((weight * 2).requiresGradient)
  }

  @Test func `autocast gives bf16 products, and is off afterwards and after a body that throws`() {
    let layer = Linear(4, 4)
    let input = Tensor.ones([2, 4])
    #expect(autocast(to: .bfloat16) { layer(input) }.dtype == .bfloat16)
    #expect(layer(input).dtype == .float32)
    #expect(throws: TorchError("stop")) {
      try autocast(to: .bfloat16) { () throws(TorchError) in throw TorchError("stop") }
    }
    #expect(layer(input).dtype == .float32)
  }

  @Test func `under autocast groups and rows of bf16 are normalised by weights of float32`() {
    let found = autocast(to: .bfloat16) {
      let half = Tensor.ones([1, 4, 2, 2], dtype: .bfloat16)
      let ones = Tensor.ones([4])
      let rows = layerNorm(half.reshaped([4, 4]), shape: [4], weight: ones, bias: ones)
      return [groupNorm(half, groups: 2, weight: ones, bias: ones), rows]
    }
    #expect(found.allSatisfy { $0.dtype == .float32 && ($0 - 1).abs().amax().item() == 0 })
  }

  @Test func `gradients through autocast are in the parameters' own type`() {
    let layer = Linear(4, 4)
    let loss = autocast(to: .bfloat16) { layer(Tensor.ones([2, 4])) }.to(.float32).sum()
    loss.backward()
    #expect(layer.weight.gradient?.dtype == .float32)
  }
}

/// A convolution, batch normalisation and a linear layer in float64, without corners.
private struct SmallNet {
  let input: Tensor
  let kernel: Tensor
  let scale: Tensor
  let shift: Tensor
  let matrix: Tensor

  init() {
    func wave(_ shape: [Int], _ frequency: Double) -> Tensor {
      let count = shape.reduce(1, *)
      return (Tensor.arange(count, dtype: .float64) * frequency + 0.3).sin().reshaped(shape)
    }
    input = wave([2, 2, 4, 3], 0.7)
    kernel = wave([3, 2, 2, 2], 1.3)
    scale = wave([3], 0.5) + 1
    shift = wave([3], 0.9)
    matrix = wave([2, 3], 0.8)
  }

  var parameters: [Tensor] { [kernel, scale, shift, matrix] }

  func loss() -> Tensor {
    var x = convolution(input, kernel, nil, ConvolutionWindow(dimensions: 2, padding: 1))
    x = batchNorm(
      x, weight: scale, bias: shift, mean: .zeros([3], dtype: .float64),
      variance: .ones([3], dtype: .float64), mode: .training)
    x = adaptiveAveragePool(x.silu(), size: [1, 1]).flattened(from: 1)
    return crossEntropy(linear(x, matrix).tanh(), Tensor([0, 1]))
  }
}
