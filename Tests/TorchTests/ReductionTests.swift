import Testing
import Torch

@Suite("Reductions")
struct ReductionTests {
  typealias Reduction = @Sendable (Tensor, _ dims: [Int], _ keepDim: Bool) -> Tensor

  static let reductions: [(String, Reduction)] = [
    ("sum", { $0.sum(dims: $1, keepDim: $2) }),
    ("mean", { $0.mean(dims: $1, keepDim: $2) }),
    ("amax", { $0.amax(dims: $1, keepDim: $2) }),
    ("amin", { $0.amin(dims: $1, keepDim: $2) }),
    ("norm", { $0.norm(dims: $1, keepDim: $2) }),
    ("variance", { $0.variance(dims: $1, keepDim: $2) }),
  ]

  static let operations =
    reductions.flatMap { name, reduction in
      [
        Operation(name) { reduction($0.x, [], false) },
        Operation("\(name) of the middle") { reduction($0.x, [1], false) },
        Operation("\(name) of both ends, kept") { reduction($0.x, [0, -1], true) },
      ]
    } + [
      Operation("cumulative sum") { $0.x.cumulativeSum(dim: 1) },
      Operation("any") { $0.x.any() },
      Operation("any of the last") { $0.x.any(dims: [2]) },
      Operation("all of the first") { (.!$0.x).all(dims: [0]) },
      Operation("sum of whole numbers") { $0.x.sum(dims: [0]) },
    ]

  @Test(arguments: operations)
  func `a reduction gives PyTorch's figures and gradients`(_ operation: Operation) throws {
    try operation.check(against: "reductions")
  }

  @Test func `any of several dimensions holds where any of their elements does`() {
    let tensor = Tensor([false, false, true, false, false, false], shape: [1, 2, 3])
    #expect(tensor.any(dims: [0, 2]).scalars() == [true, false])
    #expect(tensor.any(dims: [0, -2], keepDim: true).shape == [1, 1, 3])
  }
}
