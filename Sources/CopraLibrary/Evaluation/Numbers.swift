import CCopra

/// A column of a caller's numbers.
struct Numbers: Sendable {
  private nonisolated(unsafe) let first: UnsafeRawPointer
  private let stride: Int
  private let isDouble: Bool

  init(_ numbers: copra_numbers, _ name: String) throws {
    first = try Call.required(numbers.first, name)
    guard [COPRA_FLOAT64, COPRA_INT64].contains(Int(numbers.kind)) else {
      throw CallError("\(name): expected 64-bit numbers, found those of kind \(numbers.kind)")
    }
    guard abs(numbers.stride) <= 1 << 32 else {
      throw CallError("\(name): expected a stride in bytes, found \(numbers.stride)")
    }
    isDouble = Int(numbers.kind) == COPRA_FLOAT64
    stride = Int(numbers.stride)
  }

  /// Returns the number at `index`, or the one `further` numbers after it.
  @inline(__always)
  func double(at index: Int, further: Int = 0) -> Double {
    let offset = index * stride + further * 8
    return isDouble
      ? first.loadUnaligned(fromByteOffset: offset, as: Double.self)
      : Double(first.loadUnaligned(fromByteOffset: offset, as: Int64.self))
  }

  /// Returns a whole number, truncated at the point as by Python's `int`; nil for one that 64 bits
  /// do not hold, and for NaN.
  @inline(__always)
  func integer(at index: Int) -> Int? {
    let offset = index * stride
    guard isDouble else {
      return Int(first.loadUnaligned(fromByteOffset: offset, as: Int64.self))
    }
    let number = first.loadUnaligned(fromByteOffset: offset, as: Double.self)
    return number > -0x1p63 && number < 0x1p63 ? Int(number) : nil
  }
}
