import Testing
import Torch

@Suite("Order and places")
struct OrderingTests {
  static let operations = [
    Operation("ascending values") { $0.x.sorted(dim: 1).values },
    Operation("ascending indices") { $0.x.sorted(dim: 1).indices },
    Operation("descending values") { $0.x.sorted(dim: 1, descending: true).values },
    Operation("descending indices") { $0.x.sorted(dim: 1, descending: true).indices },
    Operation("top values") { $0.x.topK(2, dim: 1).values },
    Operation("top indices") { $0.x.topK(2, dim: 1).indices },
    Operation("max values") { $0.x.max(dim: 1).values },
    Operation("max indices") { $0.x.argmax(dim: 0) },
    Operation("min values, kept") { $0.x.min(dim: 1, keepDim: true).values },
    Operation("gather") { $0.x.gather(dim: 1, $0.index) },
    Operation("scatter") { $0.x.scatter(dim: 1, $0.index, $0.source) },
    Operation("scatter add") { $0.x.scatterAdd(dim: 1, $0.index, $0.source) },
    Operation("index select") { $0.x.indexSelect(dim: 1, $0.index) },
    Operation("mask") { $0.x[$0.mask] },
    Operation("indices of the first") { $0.x[$0.index] },
    Operation("nonzero") { $0.input.nonzero() },
    Operation("one hot") { $0.x.oneHot(classes: 4) },
  ]

  @Test(arguments: operations)
  func `sorting, gathering and scattering give PyTorch's figures`(_ operation: Operation) throws {
    try operation.check(against: "ordering")
  }

  @Test func `equal elements keep their order in a long sort, downwards too`() {
    let tensor = Tensor((0..<3000).map { Float($0 % 3) })
    let indices: [Int] = tensor.sorted(descending: true).indices.scalars()
    #expect(indices == [2, 1, 0].flatMap { first in stride(from: first, to: 3000, by: 3) })
  }
}
