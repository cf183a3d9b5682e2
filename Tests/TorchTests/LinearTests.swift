import Testing
import Torch

@Suite("Fully connected layers")
struct LinearTests {
  /// Enough work for oneDNN's product, sides that no vector divides.
  private static let (rows, inputs, outputs) = (67, 517, 131)

  private struct Result {
    let output: Tensor
    let gradients: [Tensor?]

    init(_ dtype: DType, trainsWeight: Bool = true) {
      let input = wave([rows, inputs], 0.7).to(dtype)
      let weight = wave([outputs, inputs], 0.3).to(dtype)
      let bias = wave([outputs], 0.1).to(dtype)
      for tensor in [input, bias] { tensor.requiresGradient = true }
      weight.requiresGradient = trainsWeight
      output = linear(input, weight, bias)
      (output * output).sum().backward()
      gradients = [input, weight, bias].map(\.gradient)
    }
  }

  @Test func `a large layer gives in float32 the figures and gradients of float64`() throws {
    let (found, expected) = (Result(.float32), Result(.float64))
    #expect(difference(found.output, expected.output) <= 4e-6)
    for (found, expected) in zip(found.gradients, expected.gradients) {
      #expect(difference(try #require(found), try #require(expected)) <= 4e-6)
    }
  }

  @Test func `a large layer whose weight is held gives its input a gradient and the weight none`() {
    let gradients = Result(.float32, trainsWeight: false).gradients
    #expect(gradients.map { $0 == nil } == [false, true, false])
  }

  @Test func `a large layer gives bf16 under autocast`() {
    let input = Tensor.rand([Self.rows, Self.inputs])
    let weight = Tensor.rand([Self.outputs, Self.inputs])
    #expect(autocast(to: .bfloat16) { linear(input, weight) }.dtype == .bfloat16)
  }
}
