import CTorch

/// An array of numbers in any number of dimensions, on any device: libtorch's tensor.
///
/// A copy shares the numbers with the original, as in PyTorch; the memory is freed when the last
/// copy and the last view go. Operations trap with libtorch's text where shapes or types do not
/// fit: that is a mistake of the program. Whatever depends on the world throws instead.
public struct Tensor: Sendable {
  let handle: TensorHandle

  init(owning pointer: OpaquePointer) {
    handle = TensorHandle(pointer)
  }

  var pointer: OpaquePointer { handle.pointer }

  /// The sizes of all dimensions.
  public var shape: [Int] {
    let rank = rank
    return [Int](unsafeUninitializedCapacity: rank) { buffer, count in
      buffer.withMemoryRebound(to: Int64.self) { sizes in
        if let base = sizes.baseAddress { ct_shape(pointer, base) }
      }
      count = rank
    }
  }

  /// How many elements lie between neighbours of each dimension.
  public var strides: [Int] {
    let rank = rank
    return [Int](unsafeUninitializedCapacity: rank) { buffer, count in
      buffer.withMemoryRebound(to: Int64.self) { strides in
        if let base = strides.baseAddress { ct_strides(pointer, base) }
      }
      count = rank
    }
  }

  /// The number of dimensions.
  public var rank: Int { Int(ct_rank(pointer)) }

  /// The number of elements.
  public var count: Int { Int(ct_count(pointer)) }

  /// Whether there is no element.
  public var isEmpty: Bool { count == 0 }

  public var dtype: DType { DType(code: ct_dtype_of(pointer)) }

  public var device: Device { Device(code: ct_device_of(pointer)) }

  /// Whether both share their numbers.
  public func sharesStorage(with other: Tensor) -> Bool {
    ct_same_storage(pointer, other.pointer)
  }

  /// How often the numbers have been changed in place since the tensor was made.
  var changes: Int { Int(ct_changes(pointer)) }

  /// The size of one dimension; negative dimensions count from the last.
  public func size(_ dimension: Int) -> Int {
    let shape = shape
    return shape[dimension < 0 ? shape.count + dimension : dimension]
  }
}

/// The one owner of a handle of the shim. libtorch's tensors may be read from many threads; who
/// changes one in place while another thread reads it is at fault, as in PyTorch.
final class TensorHandle: @unchecked Sendable {
  let pointer: OpaquePointer

  init(_ pointer: OpaquePointer) {
    self.pointer = pointer
  }

  deinit {
    ct_release(pointer)
  }
}

extension Tensor: CustomStringConvertible {
  /// Shape and type, and the numbers of a small tensor: `float32[2, 2] [1.0, 2.0, 3.0, 4.0]`.
  public var description: String {
    let head = "\(dtype)\(shape)"
    guard count <= 16 else { return head }
    let numbers = (0..<count).map { contiguous().reshaped([count])[$0].item() }
    return "\(head) \(numbers)"
  }
}

extension Tensor {
  /// Whether operations on it are recorded for the backward pass.
  public var requiresGradient: Bool {
    get { ct_requires_gradient(pointer) }
    nonmutating set { checked(ct_set_requires_gradient(pointer, newValue)) }
  }

  /// What the backward passes since it was last taken away have added up; nil before the first.
  public var gradient: Tensor? {
    get { ct_gradient(pointer).map { Tensor(owning: $0) } }
    nonmutating set { checked(ct_set_gradient(pointer, newValue?.pointer)) }
  }

  /// Adds to the gradient of every tensor that this one was worked out of. A tensor of more than
  /// one element needs the gradient that it has itself.
  public func backward(_ gradient: Tensor? = nil) {
    checked(ct_backward(pointer, gradient?.pointer))
  }

  /// The same numbers, cut off from what they were worked out of.
  public func detached() -> Tensor {
    made(ct_detach(pointer))
  }
}
