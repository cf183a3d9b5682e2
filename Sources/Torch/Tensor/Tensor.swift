import CTorch

/// An array of numbers in any number of dimensions, on any device: libtorch's tensor.
///
/// A copy shares the numbers with the original, as in PyTorch; the memory is freed with the last
/// copy and the last view. Operations trap with libtorch's text if shapes or types do not fit,
/// which is a programming error. Operations that depend on anything outside the program throw
/// instead.
public struct Tensor: Sendable {
  let handle: TensorHandle

  init(owning pointer: OpaquePointer) {
    handle = TensorHandle(pointer)
  }

  var pointer: OpaquePointer { handle.pointer }

  /// The size of each dimension.
  public var shape: [Int] {
    let rank = rank
    return [Int](unsafeUninitializedCapacity: rank) { buffer, count in
      buffer.withMemoryRebound(to: Int64.self) { sizes in
        if let base = sizes.baseAddress { ct_shape(pointer, base) }
      }
      count = rank
    }
  }

  /// The number of elements between neighbours of each dimension.
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

  /// A Boolean value that is true if there are no elements.
  public var isEmpty: Bool { count == 0 }

  /// The type of the elements.
  public var dtype: DType { DType(code: ct_dtype_of(pointer)) }

  /// The device that holds the elements.
  public var device: Device { Device(code: ct_device_of(pointer)) }

  /// Returns whether both tensors share their memory.
  public func sharesStorage(with other: Tensor) -> Bool {
    ct_same_storage(pointer, other.pointer)
  }

  /// The number of changes in place since the tensor was made.
  var changes: Int { Int(ct_changes(pointer)) }

  /// Returns the size of one dimension; negative dimensions count from the last.
  public func size(_ dimension: Int) -> Int {
    let shape = shape
    return shape[dimension < 0 ? shape.count + dimension : dimension]
  }
}

/// The only owner of a handle of the shim. libtorch's tensors may be read on many threads; changing
/// one in place while another thread reads it is an error, as in PyTorch.
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
  /// The type and shape, and the elements of a small tensor: `float32[2, 2] [1.0, 2.0, 3.0, 4.0]`.
  public var description: String {
    let head = "\(dtype)\(shape)"
    guard count <= 16 else { return head }
    let numbers = (0..<count).map { contiguous().reshaped([count])[$0].item() }
    return "\(head) \(numbers)"
  }
}

extension Tensor {
  /// A Boolean value that is true if operations on the tensor are recorded for the backward pass.
  public var requiresGradient: Bool {
    get { ct_requires_gradient(pointer) }
    nonmutating set { checked(ct_set_requires_gradient(pointer, newValue)) }
  }

  /// The gradient, summed over the backward passes since it was last removed; nil before the first.
  public var gradient: Tensor? {
    get { ct_gradient(pointer).map { Tensor(owning: $0) } }
    nonmutating set { checked(ct_set_gradient(pointer, newValue?.pointer)) }
  }

  /// Adds to the gradient of every tensor that this one was computed from. A tensor of more than
  /// one element requires its own gradient.
  public func backward(_ gradient: Tensor? = nil) {
    checked(ct_backward(pointer, gradient?.pointer))
  }

  /// Returns the same elements, detached from the recorded operations.
  public func detached() -> Tensor {
    made(ct_detach(pointer))
  }
}
