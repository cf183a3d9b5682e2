/// The variance of the Laplacian, from rows that come one after the other.
struct LaplacianVariance {
  private var width = 0
  private var height = 0
  /// The last three rows, each in the place that its number leaves modulo 3.
  private var rows: [UInt8] = []
  private var sum = 0
  private var squares = 0

  /// `width` is 1...256, so that a row's squares add up within 32 bits; so is the height to come.
  mutating func start(width: Int) {
    self.width = width
    (height, sum, squares) = (0, 0, 0)
    if rows.count != width * 3 { rows = [UInt8](repeating: 0, count: width * 3) }
  }

  mutating func add(_ row: UnsafePointer<UInt8>) {
    let (width, height) = (width, height)
    let (rowSum, rowSquares) = rows.withUnsafeMutableBufferPointer { rows -> (Int32, Int32) in
      guard let start = rows.baseAddress else { return (0, 0) }
      let below = start + height % 3 * width
      below.update(from: row, count: width)
      guard height >= 2 else { return (0, 0) }
      return Self.sums(
        above: start + (height + 1) % 3 * width, start + (height + 2) % 3 * width, below: below,
        width: width)
    }
    sum += Int(rowSum)
    squares += Int(rowSquares)
    self.height += 1
  }

  /// Of one row: the sum of its values, each within ±1020, and of their squares.
  private static func sums(
    above: UnsafePointer<UInt8>, _ middle: UnsafePointer<UInt8>, below: UnsafePointer<UInt8>,
    width: Int
  ) -> (Int32, Int32) {
    var sum: Int32 = 0
    var squares: Int32 = 0
    var x = 1
    while x < width - 1 {
      let around =
        Int16(above[x]) &+ Int16(below[x]) &+ Int16(middle[x - 1]) &+ Int16(middle[x + 1])
      let value = around &- 4 &* Int16(middle[x])
      sum &+= Int32(value)
      squares &+= Int32(value) &* Int32(value)
      x += 1
    }
    return (sum, squares)
  }

  /// Nil where no pixel has four neighbours.
  var value: Double? {
    guard width >= 3, height >= 3 else { return nil }
    // Exact: at 2¹⁶ pixels the products stay below 2⁵³.
    let count = (width - 2) * (height - 2)
    return Double(count * squares - sum * sum) / (Double(count) * Double(count))
  }
}
