import Testing
import Torch

@Suite("Fast convolutions")
struct FastConvolutionTests {
  /// Channels that no vector divides, and pictures that tiles reach past on both sides.
  static let shapes = [
    Shape(images: 2, inputs: 64, outputs: 64, height: 40, width: 40),
    Shape(images: 2, inputs: 67, outputs: 131, height: 27, width: 42),
    Shape(images: 1, inputs: 131, outputs: 65, height: 45, width: 29),
  ]

  struct Shape: Sendable, CustomTestStringConvertible {
    let images, inputs, outputs, height, width: Int

    var testDescription: String { "\(images)×\(inputs)×\(height)×\(width) → \(outputs)" }
  }

  private static let window = ConvolutionWindow(dimensions: 2, padding: 1)

  /// Input, weight and bias.
  private static func tensors(_ shape: Shape, _ dtype: DType = .float32) -> [Tensor] {
    [
      wave([shape.images, shape.inputs, shape.height, shape.width], 0.7),
      wave([shape.outputs, shape.inputs, 3, 3], 0.3), wave([shape.outputs], 0.1),
    ].map { $0.to(dtype) }
  }

  private struct Result {
    let output: Tensor
    let gradients: [Tensor?]

    init(_ shape: Shape, _ dtype: DType, layout: Layout = .contiguous, isFast: Bool = true) {
      let given = tensors(shape, dtype)
      let tensors = given.map { $0.rank == 4 ? $0.contiguous(layout) : $0 }
      for tensor in tensors { tensor.requiresGradient = true }
      output = convolution(tensors[0], tensors[1], tensors[2], window, isFast: isFast)
      (output * output).sum().backward()
      gradients = tensors.map(\.gradient)
    }
  }

  @Test(
    arguments: shapes, [Layout.contiguous, .channelsLast])
  func `they give the figures and gradients of float64, in either layout`(
    shape: Shape, layout: Layout
  ) throws {
    let (found, expected) = (Result(shape, .float32, layout: layout), Result(shape, .float64))
    #expect(difference(found.output, expected.output) <= 4e-5)
    for (found, expected) in zip(found.gradients, expected.gradients) {
      #expect(difference(try #require(found), try #require(expected)) <= 4e-5)
    }
  }

  @Test
  func `training rounds as PyTorch unless a convolution may do otherwise; inference may always`() {
    let shape = Self.shapes[0]
    let slow = Result(shape, .float32, isFast: false).output.detached()
    let fast = Result(shape, .float32).output.detached()
    let tensors = Self.tensors(shape)
    let inferred = withoutGradients {
      convolution(tensors[0], tensors[1], tensors[2], Self.window)
    }
    #expect(difference(fast, inferred) == 0)
    #expect(difference(slow, fast) > 0)
  }

  @Test func `a layer has no bias, or holds its weights, and still learns`() throws {
    let convolve = Conv2d(64, 64, kernel: 3, padding: 1, bias: false, isFast: true)
    let input = wave([1, 64, 40, 40], 0.7).to(.float32)
    input.requiresGradient = true
    convolve(input).sum().backward()
    #expect(try #require(input.gradient).isFinite().all().item() == 1)
    #expect(convolve.weight.gradient != nil)
    let held = Conv2d(64, 64, kernel: 3, padding: 1, isFast: true)
    for tensor in [held.weight, held.bias] { tensor?.requiresGradient = false }
    let other = wave([1, 64, 40, 40], 0.7).to(.float32)
    other.requiresGradient = true
    held(other).sum().backward()
    #expect(other.gradient != nil && held.weight.gradient == nil && held.bias?.gradient == nil)
  }

  /// Kernel, stride and padding of convolutions over space and time.
  static let videoWindows: [[Sizes]] = [
    [3, 1, 1], [3, 2, 1], [[3, 7, 7], [1, 2, 2], [1, 3, 3]], [[1, 3, 3], [1, 2, 2], [0, 1, 1]],
    [[3, 1, 1], [2, 1, 1], [1, 0, 0]], [1, 2, 0],
  ]

  @Test(
    arguments: videoWindows.indices, [Layout.contiguous, .channelsLast3d])
  func `a convolution over space and time with its norm is one over space in inference`(
    index: Int, layout: Layout
  ) {
    let window = Self.videoWindows[index]
    let convolve = Conv3d(
      5, 7, kernel: window[0], stride: window[1], padding: window[2], bias: false)
    let norm = BatchNorm3d(7)
    norm.runningMean.copy(from: .linspace(-0.1, 0.1, steps: 7))
    norm.runningVar.copy(from: .linspace(0.5, 2, steps: 7))
    let layers = Sequential(convolve, norm)
    let input = wave([2, 5, 6, 11, 9], 0.7).to(.float32).contiguous(layout)
    let expected = layers(input, .inference).detached()
    let found = withoutGradients { layers(input, .inference) }
    #expect(found.shape == expected.shape)
    #expect(difference(found, expected) <= 1e-5)
  }

  @Test func `what is not finite stays so, and does not reach past its neighbours`() {
    let input = wave([1, 64, 40, 40], 0.7).to(.float32)
    input[0, 0, 20, 20].fill(.nan)
    let output = withoutGradients {
      Conv2d(64, 64, kernel: 3, padding: 1)(input)
    }
    #expect(output[0, 0, 20, 20].item().isNaN && output[0, 0, 19, 21].item().isNaN)
    #expect(output[0, 0, 10, 10].item().isFinite && output[0, 0, 30, 30].item().isFinite)
  }
}
