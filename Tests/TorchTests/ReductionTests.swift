import Testing
import Torch

@Suite("Reductions")
struct ReductionTests {
  static let operations = [
    Operation("sum") { $0.x.sum() },
    Operation("sum of the middle") { $0.x.sum(dims: [1]) },
    Operation("sum of both ends, kept") { $0.x.sum(dims: [0, -1], keepDim: true) },
    Operation("mean") { $0.x.mean() },
    Operation("mean of the middle") { $0.x.mean(dims: [1]) },
    Operation("mean of both ends, kept") { $0.x.mean(dims: [0, -1], keepDim: true) },
    Operation("amax") { $0.x.amax() },
    Operation("amax of the middle") { $0.x.amax(dims: [1]) },
    Operation("amax of both ends, kept") { $0.x.amax(dims: [0, -1], keepDim: true) },
    Operation("amin") { $0.x.amin() },
    Operation("amin of the middle") { $0.x.amin(dims: [1]) },
    Operation("amin of both ends, kept") { $0.x.amin(dims: [0, -1], keepDim: true) },
    Operation("norm") { $0.x.norm() },
    Operation("norm of the middle") { $0.x.norm(dims: [1]) },
    Operation("norm of both ends, kept") { $0.x.norm(dims: [0, -1], keepDim: true) },
    Operation("variance") { $0.x.variance() },
    Operation("variance of the middle") { $0.x.variance(dims: [1]) },
    Operation("variance of both ends, kept") { $0.x.variance(dims: [0, -1], keepDim: true) },
    Operation("cumulative sum") { $0.x.cumulativeSum(dim: 1) },
    Operation("any") { $0.x.any() },
    Operation("any of the last") { $0.x.any(dims: [2]) },
    Operation("all of the first") { (.!$0.x).all(dims: [0]) },
    Operation("sum of whole numbers") { $0.x.sum(dims: [0]) },
  ]

  @Test("a reduction gives PyTorch's figures and gradients", arguments: operations)
  func figures(_ operation: Operation) throws {
    try operation.check(against: "reductions")
  }

  @Test("any of several dimensions holds where any of their elements does")
  func anyOfTwo() {
    let tensor = Tensor([false, false, true, false, false, false], shape: [1, 2, 3])
    #expect(tensor.any(dims: [0, 2]).scalars() == [true, false])
    #expect(tensor.any(dims: [0, -2], keepDim: true).shape == [1, 1, 3])
  }
}
