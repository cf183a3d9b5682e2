import Testing
import Torch

@Suite("Creation")
struct CreationTests {
  @Test func `the numbers of an array come back in their order`() {
    let tensor = Tensor([1, 2, 3, 4, 5, 6] as [Float], shape: [2, 3])
    #expect(tensor.shape == [2, 3])
    #expect(tensor.transposed(0, 1).scalars() == [1, 4, 2, 5, 3, 6] as [Float])
  }

  @Test func `an array's type is the tensor's`() {
    #expect(Tensor([1.5]).dtype == .float64)
    #expect(Tensor([1]).dtype == .int64)
    #expect(Tensor([1] as [UInt8]).dtype == .uint8)
    #expect(Tensor([true]).dtype == .bool)
  }

  @Test func `a tensor of no dimension has one number`() {
    let tensor = Tensor(Float(2.5))
    #expect(tensor.shape == [])
    #expect(tensor.item() == 2.5)
  }

  @Test func `a tensor of no element has no bytes`() {
    let tensor = Tensor([Float](), shape: [0, 4])
    #expect(tensor.isEmpty)
    #expect(tensor.scalars() == [Float]())
  }

  @Test func `whole numbers beyond what a double holds come back`() {
    let number = (1 << 62) + 1
    #expect(Tensor([number]).itemInt() == number)
  }

  @Test func `bytes are copied`() {
    var values: [Int32] = [1, 2, 3, 4]
    let tensor = values.withUnsafeBytes { Tensor(copying: $0, shape: [2, 2], dtype: .int32) }
    values[0] = 9
    #expect(tensor.scalars() == [1, 2, 3, 4] as [Int32])
  }

  @Test func `borrowed memory is read where it lies, by its strides`() {
    let memory = Memory([1, 2, 3, 4, 5, 6])
    let tensor = memory.tensor(shape: [3, 2], strides: [1, 3])
    #expect(tensor.scalars() == [1, 4, 2, 5, 3, 6] as [Float])
    memory.start.storeBytes(of: 7, as: Float.self)
    #expect(tensor[0, 0].item() == 7)
  }

  @Test func `the owner of borrowed memory goes with the last view`() {
    weak var owner: Memory?
    var view: Tensor?
    do {
      let memory = Memory([1, 2, 3, 4])
      owner = memory
      view = memory.tensor(shape: [2, 2], strides: [2, 1])[1]
    }
    #expect(owner != nil)
    #expect(view?.scalars() == [3, 4] as [Float])
    view = nil
    #expect(owner == nil)
  }

  @Test func `filled, counted and spaced tensors hold what they say`() {
    #expect(Tensor.full([2], 1.5).scalars() == [1.5, 1.5] as [Float])
    #expect(Tensor.ones([2], dtype: .int64).scalars() == [1, 1])
    #expect(Tensor.zeros([1, 2]).scalars() == [0, 0] as [Float])
    #expect(Tensor.empty([3, 4]).shape == [3, 4])
    #expect(Tensor.arange(4).scalars() == [0, 1, 2, 3])
    #expect(Tensor.linspace(0, 1, steps: 3).scalars() == [0, 0.5, 1] as [Float])
  }

  @Test func `written bytes are the tensor's numbers`() {
    let tensor = Tensor.zeros([3])
    tensor.withUnsafeMutableBytes { bytes in
      bytes.storeBytes(of: 5, toByteOffset: 4, as: Float.self)
    }
    #expect(tensor.scalars() == [0, 5, 0] as [Float])
  }

  @Test func `a small tensor is described with its numbers, a great one without`() {
    #expect("\(Tensor([1, 2] as [Float], shape: [1, 2]))" == "float32[1, 2] [1.0, 2.0]")
    #expect("\(Tensor.zeros([5, 5], dtype: .int64))" == "int64[5, 5]")
  }
}

/// Floats outside of libtorch.
private final class Memory: Sendable {
  private let address: UInt

  init(_ values: [Float]) {
    let start = UnsafeMutablePointer<Float>.allocate(capacity: values.count)
    start.initialize(from: values, count: values.count)
    address = UInt(bitPattern: start)
  }

  var start: UnsafeMutableRawPointer {
    guard let start = UnsafeMutableRawPointer(bitPattern: address) else {
      preconditionFailure("memory has an address")
    }
    return start
  }

  func tensor(shape: [Int], strides: [Int]) -> Tensor {
    Tensor(borrowing: start, shape: shape, strides: strides, dtype: .float32, owner: self)
  }

  deinit {
    start.deallocate()
  }
}
