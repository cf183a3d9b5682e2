import DetectionModels
import Testing
import Torch

@Suite("FrozenBatchNorm2d")
struct FrozenBatchNorm2dTests {
  struct Figures: Decodable {
    struct Case: Decodable {
      let eps: Double
      let weight: [Float]
      let bias: [Float]
      let runningMean: [Float]
      let runningVar: [Float]
      let shape: [Int]
      let input: [Float]
      let output: [Float]
      let gradient: [Float]

      enum CodingKeys: String, CodingKey {
        case eps, weight, bias, shape, input, output, gradient
        case runningMean = "running_mean"
        case runningVar = "running_var"
      }

      var norm: FrozenBatchNorm2d {
        var norm = FrozenBatchNorm2d(weight.count, epsilon: eps)
        norm.weight = Tensor(weight)
        norm.bias = Tensor(bias)
        norm.runningMean = Tensor(runningMean)
        norm.runningVar = Tensor(runningVar)
        return norm
      }
    }

    let cases: [Case]
  }

  private let cases: [Figures.Case]

  init() throws {
    cases = try readPart("frozen_batch_norm", as: Figures.self).cases
  }

  @Test func `output and gradient are torchvision's, also of a channel without variance`() throws {
    for expected in cases {
      let input = Tensor(expected.input, shape: expected.shape)
      input.requiresGradient = true
      let output = expected.norm(input)
      expectClose(output, Tensor(expected.output, shape: expected.shape))
      output.backward(.linspace(-1, 1, steps: output.count).reshaped(output.shape))
      let gradient = try #require(input.gradient)
      expectClose(gradient, Tensor(expected.gradient, shape: expected.shape))
    }
  }

  @Test func `after a convolution it gives folded into it what it gives unfolded`() throws {
    let norm = try #require(cases.last).norm
    let (convolve, input) = (convolution, picture)
    let block = Sequential(convolve, norm)
    withoutGradients {
      expectClose(block(input, .inference), norm(convolve(input)))
    }
  }

  @Test(arguments: 0..<4)
  func `the folded convolution follows a change of any number of the norm`(part: Int) throws {
    let norm = try #require(cases.last).norm
    let (convolve, input) = (convolution, picture)
    let block = Sequential(convolve, norm)
    withoutGradients {
      let before = block(input, .inference)
      norm.state[part].tensor.multiply(by: 1.5)
      let after = block(input, .inference)
      expectClose(after, norm(convolve(input)))
      #expect((after - before).abs().amax().item() > 0.01)
    }
  }

  @Test func `its numbers are torchvision's keys, none of them trained`() {
    let state = FrozenBatchNorm2d(3).state
    #expect(state.map(\.key) == ["weight", "bias", "running_mean", "running_var"])
    #expect(state.allSatisfy { !$0.isParameter && !$0.tensor.requiresGradient })
  }

  /// Without draws, which another test may be making: [3, 2, 3, 3].
  private var convolution: Conv2d {
    withoutDraws {
      let convolution = Conv2d(2, 3, kernel: 3, padding: 1)
      withoutGradients {
        convolution.weight.copy(from: Tensor.scattered([3, 2, 3, 3]).to(.float32))
        convolution.bias?.copy(from: Tensor([0.5, -0.25, 1] as [Float]))
      }
      return convolution
    }
  }

  private var picture: Tensor { Tensor.scattered([2, 2, 5, 6]).to(.float32) }
}
