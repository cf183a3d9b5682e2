/// The sharpness of an image from its rows of luma, one after the other.
struct Sharpness {
  private var width = 0
  private var height = 0
  /// The last three rows, each in the place that its number leaves modulo 3.
  private var rows: [UInt8] = []
  private var laplacian = (sum: 0, squares: 0)
  /// The sums of squares of the differences to the neighbour on the right and to the one below.
  private var squares = (across: 0, down: 0)

  /// Begins an image; `width` is 1...256, so that a row's squares add up within 32 bits, and so is
  /// its height.
  mutating func start(width: Int) {
    self.width = width
    (height, laplacian, squares) = (0, (0, 0), (0, 0))
    if rows.count != width * 3 { rows = [UInt8](repeating: 0, count: width * 3) }
  }

  mutating func add(_ row: UnsafePointer<UInt8>) {
    let (width, height) = (width, height)
    rows.withUnsafeMutableBufferPointer { rows in
      guard let start = rows.baseAddress else { return }
      let below = start + height % 3 * width
      below.update(from: row, count: width)
      squares.across += Int(Self.squares(below, below + 1, count: width - 1))
      guard height >= 1 else { return }
      let middle = start + (height + 2) % 3 * width
      squares.down += Int(Self.squares(middle, below, count: width))
      guard height >= 2 else { return }
      let (sum, squares) = Self.laplacian(
        above: start + (height + 1) % 3 * width, middle, below: below, width: width)
      laplacian.sum += Int(sum)
      laplacian.squares += Int(squares)
    }
    self.height += 1
  }

  /// Returns the sum of squares of the differences between pixels of two rows.
  private static func squares(
    _ first: UnsafePointer<UInt8>, _ second: UnsafePointer<UInt8>, count: Int
  ) -> Int32 {
    var sum: Int32 = 0
    var x = 0
    while x < count {
      let difference = Int16(first[x]) &- Int16(second[x])
      sum &+= Int32(difference) &* Int32(difference)
      x += 1
    }
    return sum
  }

  /// Returns the sum of one row's values, each within ±1020, and of their squares.
  private static func laplacian(
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

  /// The variance of the Laplacian divided by 1 plus the mean square of the differences to the
  /// right and below; nil if no pixel has four neighbours.
  var value: Double? {
    guard width >= 3, height >= 3 else { return nil }
    // Exact: at 2¹⁶ pixels the products stay below 2⁵³.
    let count = (width - 2) * (height - 2)
    let variance =
      Double(count * laplacian.squares - laplacian.sum * laplacian.sum)
      / (Double(count) * Double(count))
    let across = Double(squares.across) / Double((width - 1) * height)
    let down = Double(squares.down) / Double(width * (height - 1))
    return variance / (1 + across + down)
  }
}
