import Testing
import Torch

@Suite("Gradient clipping")
struct ClippingTests {
  struct Clipping: Decodable {
    let before: [Figure]
    let after: [Figure]
    let norm: Double
  }

  static let norms: [(String, Double)] = [("by norm", 1.5), ("within the norm", 100)]

  @Test(arguments: norms)
  func `clipping by norm gives PyTorch's gradients and norm`(_ name: String, greatest: Double)
    throws
  {
    let figures = try #require(readFigures("clipping", as: [String: Clipping].self)[name])
    for dtype in [DType.float32, .float64] {
      let parameters = parameters(figures.before.map { $0.tensor.clone().to(dtype) })
      let norm = clipGradients(of: parameters, norm: greatest)
      #expect(abs(norm - figures.norm) < 1e-5)
      try expectGradients(parameters, figures.after)
    }
  }

  @Test func `clipping by value gives PyTorch's gradients`() throws {
    let figures = try #require(readFigures("clipping", as: [String: Clipping].self)["by value"])
    for dtype in [DType.float32, .float64] {
      let parameters = parameters(figures.before.map { $0.tensor.clone().to(dtype) })
      clipGradients(of: parameters, value: 0.75)
      try expectGradients(parameters, figures.after)
    }
  }

  @Test func `the norm of many blocks is the same with any number of threads`() async {
    await #expect(processExitsWith: .success) {
      let parameter = Tensor.zeros([500_003])
      parameter.gradient = Tensor.arange(500_003, dtype: .float32).sin()
      let norms = [1, 2, 3].map { threads in
        Runtime.threads = threads
        return clipGradients(of: [parameter], norm: 1e9)
      }
      #expect(norms[0] == norms[1] && norms[1] == norms[2])
      #expect(abs(norms[0] - 500_003.0.squareRoot() / 2.0.squareRoot()) < 0.01)
    }
  }

  @Test(
    arguments: [Float.nan, .infinity])
  func `a norm that is not finite is returned and leaves the gradients`(_ value: Float) {
    let parameters = parameters([Tensor([3, value] as [Float]), Tensor([4] as [Float])])
    #expect(!clipGradients(of: parameters, norm: 1).isFinite)
    #expect(parameters[1].gradient?.item() == 4)
  }

  @Test func `parameters without a gradient have no norm`() {
    #expect(clipGradients(of: [Tensor.ones([2])], norm: 1) == 0)
  }

  private func parameters(_ gradients: [Tensor]) -> [Tensor] {
    gradients.map { gradient in
      let parameter = Tensor.zeros(gradient.shape, dtype: gradient.dtype)
      parameter.gradient = gradient
      return parameter
    }
  }

  private func expectGradients(_ parameters: [Tensor], _ figures: [Figure]) throws {
    for (parameter, figure) in zip(parameters, figures) {
      let gradient = try #require(parameter.gradient)
      expectClose(gradient.to(.float32), figure.tensor, 1e-6)
    }
  }
}
