import Testing
import Torch

@Suite("Tensors")
struct TensorTests {
  @Test("the numbers of an array come back in their order")
  func arrays() {
    let tensor = Tensor([1, 2, 3, 4, 5, 6] as [Float], shape: [2, 3])
    #expect(tensor.shape == [2, 3])
    #expect(tensor.transposed(0, 1).scalars(as: Float.self) == [1, 4, 2, 5, 3, 6])
  }
}
