/// The positions of a tensor's elements, counted in elements from its first, and checked so that no
/// arithmetic on them can overflow.
struct TensorLayout {
  /// The greatest number of elements in a tensor that repeats elements (with strides of 0), which
  /// takes no bytes in the file: otherwise a small file could claim more than any memory holds.
  private static let mostRepeated = 1 << 28

  let shape: [Int]
  let strides: [Int]
  let count: Int
  /// The number of elements from the first to the last, both included; 0 for an empty tensor.
  let reach: Int

  /// Creates a row-major layout.
  init(shape: [Int], path: String, key: String) throws(StateError) {
    self.shape = shape
    count = try Self.count(shape, path, key)
    reach = count
    strides = Self.contiguousStrides(shape)
  }

  /// Creates a layout with strides.
  ///
  /// - Throws: A `StateError` for numbers that are negative, of the wrong count, or too large.
  init(shape: [Int], strides: [Int], path: String, key: String) throws(StateError) {
    guard strides.count == shape.count else {
      throw StateError(
        path, key: key, "expected \(shape.count) strides for shape \(shape), found \(strides)")
    }
    guard strides.allSatisfy({ $0 >= 0 }) else {
      throw StateError(path, key: key, "expected strides of 0 and more, found \(strides)")
    }
    self.shape = shape
    self.strides = strides
    count = try Self.count(shape, path, key)
    guard let reach = Self.reach(shape, strides) else {
      throw StateError(
        path, key: key, "strides \(strides) of shape \(shape) lead beyond any storage")
    }
    self.reach = count == 0 ? 0 : reach
    guard count <= max(reach, Self.mostRepeated) else {
      throw StateError(
        path, key: key, "shape \(shape) with strides \(strides) repeats too few elements too often")
    }
  }

  /// A Boolean value that is true if the elements are adjacent in row-major order.
  var isContiguous: Bool {
    guard count > 0 else { return true }
    return zip(shape, zip(strides, Self.contiguousStrides(shape))).allSatisfy { side, strides in
      side == 1 || strides.0 == strides.1
    }
  }

  private static func count(
    _ shape: [Int], _ path: String, _ key: String
  ) throws(StateError) -> Int {
    guard shape.allSatisfy({ $0 >= 0 }) else {
      throw StateError(path, key: key, "expected sides of 0 and more, found shape \(shape)")
    }
    // Empty sides count as 1, as strides are products of the others; 8 bytes is the largest
    // element.
    var bytes = 8
    for side in shape {
      let (product, overflows) = bytes.multipliedReportingOverflow(by: max(side, 1))
      guard !overflows else {
        throw StateError(path, key: key, "shape \(shape) has more elements than can be counted")
      }
      bytes = product
    }
    return shape.contains(0) ? 0 : bytes / 8
  }

  private static func reach(_ shape: [Int], _ strides: [Int]) -> Int? {
    var reach = 1
    for (side, stride) in zip(shape, strides) where side > 1 {
      let (span, overflows) = (side - 1).multipliedReportingOverflow(by: stride)
      let (sum, carries) = reach.addingReportingOverflow(span)
      if overflows || carries { return nil }
      reach = sum
    }
    return reach
  }

  private static func contiguousStrides(_ shape: [Int]) -> [Int] {
    var strides = shape
    var stride = 1
    for dimension in shape.indices.reversed() {
      strides[dimension] = stride
      stride *= max(shape[dimension], 1)
    }
    return strides
  }
}
