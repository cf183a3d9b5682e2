import Testing
import Torch

// The generator is the whole process's, and no other test may draw from it meanwhile: each body
// has a process of its own.
@Suite("Random draws")
struct RandomTests {
  @Test func `a seed gives PyTorch's draws`() async {
    await #expect(processExitsWith: .success) {
      let figures = try readFigures("random", as: [String: FigureCase].self)
      Runtime.seed(7)
      let uniform = Tensor.empty([4])
      let normal = Tensor.empty([3])
      var draws = ["rand": Tensor.rand([5]), "randn": Tensor.randn([20])]
      draws["randperm"] = .randperm(10)
      uniform.fillUniform(-2, 3)
      normal.fillNormal(mean: 1, deviation: 2)
      draws["uniform"] = uniform
      draws["normal"] = normal
      for (name, draw) in draws {
        let expected = try #require(figures[name]).output.tensor
        expectClose(draw, expected, 1e-6, name)
      }
    }
  }

  @Test func `a seed gives layers the weights that PyTorch's layers have`() async {
    await #expect(processExitsWith: .success) {
      let figures = try readFigures("random", as: [String: FigureCase].self)
      Runtime.seed(8)
      let layers: [(String, any Module)] = [
        ("Conv2d", Conv2d(2, 4, kernel: 3, groups: 2)),
        ("Conv3d", Conv3d(1, 2, kernel: [1, 2, 3])),
        ("ConvTranspose2d", ConvTranspose2d(2, 3, kernel: 2)),
        ("Linear", Linear(3, 2)),
      ]
      for (name, layer) in layers {
        for entry in layer.state {
          let expected = try #require(figures["\(name).\(entry.key)"]).output.tensor
          expectClose(entry.tensor, expected, 1e-8, "\(name).\(entry.key)")
        }
      }
    }
  }

  @Test func `the same seed gives a layer the same weights, another one others`() async {
    await #expect(processExitsWith: .success) {
      func weights(_ seed: UInt64) -> [Float] {
        Runtime.seed(seed)
        return Conv2d(3, 4, kernel: 3).parameters.flatMap { $0.scalars() as [Float] }
      }
      #expect(weights(3) == weights(3))
      #expect(weights(3) != weights(4))
    }
  }
}
