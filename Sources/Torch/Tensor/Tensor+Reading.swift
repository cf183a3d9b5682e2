import CTorch

extension Tensor {
  /// Returns the number in a tensor of one element.
  public func item() -> Double {
    var value = 0.0
    checked(ct_item(pointer, &value))
    return value
  }

  /// Returns the integer in a tensor of one element, without rounding.
  public func itemInt() -> Int {
    var value: Int64 = 0
    checked(ct_item_int64(pointer, &value))
    return Int(value)
  }

  /// Returns all elements in row-major order; traps if the type is not the tensor's own.
  public func scalars<Scalar: TensorScalar>(as type: Scalar.Type = Scalar.self) -> [Scalar] {
    precondition(
      dtype == Scalar.dtype, "expected a tensor of \(Scalar.dtype), found one of \(dtype)")
    return withUnsafeBytes { Array($0.bindMemory(to: Scalar.self)) }
  }

  /// Calls the body with the bytes in row-major order; the tensor is copied to the processor and
  /// into that order if necessary.
  public func withUnsafeBytes<Result>(
    _ body: (UnsafeRawBufferPointer) throws -> Result
  ) rethrows -> Result {
    let tensor = detached().to(.cpu).contiguous()
    return try withExtendedLifetime(tensor) {
      guard tensor.count > 0 else { return try body(UnsafeRawBufferPointer(start: nil, count: 0)) }
      guard let start = ct_data(tensor.pointer) else { Runtime.fail(lastError()) }
      return try body(UnsafeRawBufferPointer(start: start, count: tensor.count * dtype.size))
    }
  }

  /// Calls the body with the bytes to write to; traps for a tensor that is not on the processor
  /// in row-major order.
  public func withUnsafeMutableBytes<Result>(
    _ body: (UnsafeMutableRawBufferPointer) throws -> Result
  ) rethrows -> Result {
    precondition(isContiguous(), "expected a contiguous tensor to write to")
    guard let start = ct_data(pointer) else { Runtime.fail(lastError()) }
    ct_count_change(pointer)
    return try withExtendedLifetime(self) {
      try body(UnsafeMutableRawBufferPointer(start: start, count: count * dtype.size))
    }
  }
}
