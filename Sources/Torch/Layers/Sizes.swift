/// Sizes of a window in each dimension: `3` for the same in all, `[1, 3, 3]` for each its own.
public struct Sizes: Sendable, ExpressibleByIntegerLiteral, ExpressibleByArrayLiteral {
  private let values: [Int]

  public init(_ size: Int) {
    values = [size]
  }

  public init(integerLiteral size: Int) {
    values = [size]
  }

  public init(arrayLiteral sizes: Int...) {
    values = sizes
  }

  /// One size for each of so many dimensions.
  func expanded(to dimensions: Int) -> [Int] {
    if values.count == 1 { return Array(repeating: values[0], count: dimensions) }
    precondition(
      values.count == dimensions, "expected 1 or \(dimensions) sizes, found \(values.count)")
    return values
  }
}
