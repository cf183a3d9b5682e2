import Testing
import Torch

@Suite("Indices and shapes")
struct IndexingTests {
  /// 0 … 23 as [2, 3, 4].
  let tensor = Tensor.arange(24).reshaped([2, 3, 4])

  @Test func `numbers, ranges, whole dimensions and new ones stand for what they do in PyTorch`() {
    #expect(tensor[1, 2, 3].itemInt() == 23)
    #expect(tensor[-1, -1, -1].itemInt() == 23)
    #expect(tensor[0, 1..<3, 0].scalars() == [4, 8])
    #expect(tensor[.all, 1, 2...].scalars() == [6, 7, 18, 19])
    #expect(tensor[1, .all, ..<1].scalars() == [12, 16, 20])
    #expect(tensor[.newAxis, 0, .newAxis].shape == [1, 1, 3, 4])
  }

  @Test func `a slice cuts ends, counts negative ones from the end, and steps`() {
    #expect(tensor.slice(dim: 1, from: 1, to: 99).shape == [2, 2, 4])
    #expect(tensor.slice(dim: 2, from: -2)[0, 0].scalars() == [2, 3])
    #expect(tensor.slice(dim: 2, step: 3)[0, 0].scalars() == [0, 3])
  }

  @Test func `a view shares its numbers, a copy does not`() {
    let row = tensor[0, 0]
    #expect(row.sharesStorage(with: tensor))
    row.fill(5)
    #expect(tensor[0, 0].scalars() == [5, 5, 5, 5])
    #expect(!tensor.clone().sharesStorage(with: tensor))
  }

  @Test func `copying into a slice changes the tensor`() {
    tensor[1, 0].copy(from: Tensor([1, 2, 3, 4]))
    #expect(tensor[1, 0].scalars() == [1, 2, 3, 4])
  }

  @Test func `shapes change as in PyTorch`() {
    #expect(tensor.reshaped([4, -1]).shape == [4, 6])
    #expect(tensor.permuted([2, 0, 1]).shape == [4, 2, 3])
    #expect(tensor.permuted([2, 0, 1])[1, 0].scalars() == [1, 5, 9])
    #expect(tensor.flattened(from: 1).shape == [2, 12])
    #expect(tensor.unsqueezed(-1).squeezed(-1).shape == [2, 3, 4])
    #expect(tensor.flipped([2])[0, 0].scalars() == [3, 2, 1, 0])
    #expect(Tensor([1, 2]).unsqueezed(1).expanded([-1, 3]).scalars() == [1, 1, 1, 2, 2, 2])
    #expect(tensor.size(-1) == 4)
  }

  @Test func `padding goes from the last dimension on`() {
    let padded = Tensor([1, 2, 3, 4], shape: [2, 2]).padded([1, 0, 0, 1], with: 9)
    #expect(padded.scalars() == [9, 1, 2, 9, 3, 4, 9, 9, 9])
  }

  @Test func `tensors are joined along a dimension, and stacked along a new one`() {
    let left = Tensor([1, 2], shape: [1, 2])
    let right = Tensor([3, 4], shape: [1, 2])
    #expect(Tensor.concatenate([left, right], dim: 1).scalars() == [1, 2, 3, 4])
    #expect(Tensor.stack([left, right], dim: 2).shape == [1, 2, 2])
    #expect(Tensor.stack([left, right], dim: 2).scalars() == [1, 3, 2, 4])
  }

  @Test func `a layout changes the strides and not the numbers`() {
    let picture = tensor.unsqueezed(0).to(.float32)
    let other = picture.contiguous(.channelsLast)
    #expect(other.strides == [24, 1, 8, 2])
    #expect(other.isContiguous(.channelsLast) && !other.isContiguous())
    #expect(other.scalars() == picture.scalars() as [Float])
  }

  @Test func `a type that a tensor has already is given without a copy`() {
    #expect(tensor.to(.int64).sharesStorage(with: tensor))
    #expect(Tensor([1.7, -1.7]).to(.int32).scalars() == [1, -1] as [Int32])
    #expect(Tensor([0.0, 2.0]).to(.bool).scalars() == [false, true])
  }
}
