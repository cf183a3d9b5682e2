/// The order that people expect of numbered names: `img2` before `img10`.
public enum NaturalOrder {
  /// Returns whether `left` comes before `right`: runs of digits by value, all else by bytes; names
  /// that differ only in leading zeros by bytes.
  public static func precedes(_ left: String, _ right: String) -> Bool {
    var left = left
    var right = right
    return left.withUTF8 { leftBytes in
      right.withUTF8 { rightBytes in precedes(leftBytes, rightBytes) }
    }
  }

  /// Sorts names in natural order.
  ///
  /// Sorting by bytes is much cheaper, and gives natural order if numbers have leading zeros, as
  /// they mostly have.
  public static func sort(_ names: inout [String]) {
    names.sort()
    let isNatural = names.indices.dropFirst().allSatisfy { !precedes(names[$0], names[$0 - 1]) }
    if !isNatural { names.sort(by: precedes) }
  }

  private static func precedes(
    _ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    var i = firstDifference(left, right)
    var j = i
    while i < left.count, j < right.count {
      guard isDigit(left[i]), isDigit(right[j]) else {
        if left[i] != right[j] { return left[i] < right[j] }
        i += 1
        j += 1
        continue
      }
      let leftNumber = number(in: left, at: &i)
      let rightNumber = number(in: right, at: &j)
      if leftNumber.count != rightNumber.count { return leftNumber.count < rightNumber.count }
      for (a, b) in zip(left[leftNumber], right[rightNumber]) where a != b { return a < b }
    }
    if left.count - i != right.count - j { return left.count - i < right.count - j }
    return left.lexicographicallyPrecedes(right)
  }

  /// Returns the place at which the names begin to differ, or at which the number begins within
  /// which they do: names of one folder share most of their bytes.
  private static func firstDifference(
    _ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>
  ) -> Int {
    let shorter = min(left.count, right.count)
    var index = 0
    while index < shorter, left[index] == right[index] { index += 1 }
    while index > 0, isDigit(left[index - 1]) { index -= 1 }
    return index
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }

  /// Returns the digits from `index` on without leading zeros; moves `index` behind them.
  private static func number(in bytes: UnsafeBufferPointer<UInt8>, at index: inout Int) -> Range<
    Int
  > {
    while index < bytes.count, bytes[index] == UInt8(ascii: "0") { index += 1 }
    let start = index
    while index < bytes.count, isDigit(bytes[index]) { index += 1 }
    return start..<index
  }
}
