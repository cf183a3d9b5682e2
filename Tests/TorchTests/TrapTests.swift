import Testing
import Torch

@Suite("Mistakes of a program")
struct TrapTests {
  @Test func `shapes that do not fit trap with the operation's name and libtorch's text`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Tensor.ones([2, 3]) + Tensor.ones([2, 4])
    }
    expect(
      result, "+(_:_:): The size of tensor a (3) must match the size of tensor b (4)")
  }

  @Test func `a product of shapes that do not fit says so`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Tensor.ones([2, 3]).matmul(Tensor.ones([4, 5]))
    }
    expect(result, "matmul(_:): mat1 and mat2 shapes cannot be multiplied (2x3 and 4x5)")
  }

  @Test func `a convolution of the wrong channels says so`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Conv2d(3, 4, kernel: 3)(Tensor.ones([1, 2, 8, 8]))
    }
    expect(
      result,
      "convolution(_:_:_:_:isFast:): Given groups=1, weight of size [4, 3, 3, 3], "
        + "expected input[1, 2, 8, 8] to have 3 channels, but got 2 channels instead")
  }

  @Test
  func `indices of the wrong type trap with the operation's name and libtorch's text`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Tensor.ones([2, 3]).gather(dim: 1, Tensor.zeros([2, 1]))
    }
    expect(result, "gather(dim:_:): gather(): Expected dtype int64 for index")
  }

  @Test func `an index beyond the size says so`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Tensor.ones([2, 3])[2]
    }
    expect(result, "select(dim:_:): select(): index 2 out of range for tensor of size [2, 3]")
  }

  @Test func `numbers are read only as the type that they have`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Tensor.ones([2]).scalars(as: Int.self)
    }
    expect(result, "expected a tensor of int64, found one of float32")
  }

  @Test func `a number too few for a shape is noticed`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Tensor([1, 2, 3], shape: [2, 2])
    }
    expect(result, "expected 4 numbers for shape [2, 2], found 3")
  }

  @Test func `a backward pass through weights that a step has changed is refused`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let first = Linear(2, 2)
      let second = Linear(2, 1)
      let loss = second(first(Tensor.ones([1, 2]))).sum()
      second.weight.gradient = .ones([1, 2])
      var optimizer = SGD(second.parameters, learningRate: 0.1)
      optimizer.step()
      loss.backward()
    }
    expect(result, "backward(_:): one of the variables needed for gradient computation")
  }

  private func expect(
    _ result: ExitTest.Result?, _ text: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(message.contains(text), sourceLocation: sourceLocation)
  }
}
