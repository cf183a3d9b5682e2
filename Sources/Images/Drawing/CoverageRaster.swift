/// The coverage of each pixel in a window by a path, computed exactly from its lines.
///
/// A line adds to each row its descent there, at the pixels that it passes and by the area to its
/// right; the sum from the left edge on is the number of times that a pixel lies within the path.
struct CoverageRaster {
  /// The upper left corner of the window in pixels of the image.
  let (left, top): (Int, Int)
  let (width, height): (Int, Int)
  /// A row has a cell more than the window, for what lies at its right edge.
  var stride: Int { width + 1 }
  private(set) var cells: [Float]
  /// The first and last cell of each row that a line has touched.
  private(set) var touched: [(first: Int32, last: Int32)]

  /// Creates the window around the path within an image; nil if it touches no pixel.
  init?(_ path: VectorPath, width pictureWidth: Int, height pictureHeight: Int) {
    var (x0, y0, x1, y1) = (Double.infinity, Double.infinity, -Double.infinity, -Double.infinity)
    for ring in path.rings {
      for point in ring {
        (x0, x1) = (min(x0, point.x), max(x1, point.x))
        (y0, y1) = (min(y0, point.y), max(y1, point.y))
      }
    }
    guard x1 > 0, y1 > 0, x0 < Double(pictureWidth), y0 < Double(pictureHeight) else { return nil }
    left = max(Int(x0.rounded(.down)), 0)
    top = max(Int(y0.rounded(.down)), 0)
    width = min(Int(x1.rounded(.up)), pictureWidth) - left
    height = min(Int(y1.rounded(.up)), pictureHeight) - top
    cells = [Float](repeating: 0, count: (width + 1) * height)
    touched = Array(repeating: (.max, -1), count: height)
    for ring in path.rings { add(ring) }
  }

  private mutating func add(_ ring: [Point]) {
    guard var from = ring.last else { return }
    from = Point(x: from.x - Double(left), y: from.y - Double(top))
    for corner in ring {
      let to = Point(x: corner.x - Double(left), y: corner.y - Double(top))
      if from.y < to.y { add(from, to, 1) } else if from.y > to.y { add(to, from, -1) }
      from = to
    }
  }

  /// Adds a line from its upper end to its lower one, row by row.
  private mutating func add(_ upper: Point, _ lower: Point, _ sign: Double) {
    let slope = (lower.x - upper.x) / (lower.y - upper.y)
    var y = max(upper.y, 0)
    let end = min(lower.y, Double(height))
    while y < end {
      let row = Int(y)
      let next = min(Double(row + 1), end)
      let x = upper.x + (y - upper.y) * slope
      addPiece(row, from: x, to: upper.x + (next - upper.y) * slope, down: (next - y) * sign)
      y = next
    }
  }

  /// Adds a piece of a line within one row. A part left of the window covers all of the row, a part
  /// right of it nothing.
  private mutating func addPiece(_ row: Int, from: Double, to: Double, down: Double) {
    var (x, end) = from < to ? (from, to) : (to, from)
    // All up to the window's right edge lies left of it.
    if end >= Double(width) { add(0, at: width, in: row) }
    guard x < Double(width) else { return }
    let share = end > x ? down / (end - x) : 0
    if end <= 0 { return add(down, at: 0, in: row) }
    if x < 0 {
      add(share * -x, at: 0, in: row)
      x = 0
    }
    end = min(end, Double(width))
    if end <= x { return split(down, at: x, in: row) }
    while x < end {
      let next = min(x.rounded(.down) + 1, end)
      split(share * (next - x), at: (x + next) / 2, in: row)
      x = next
    }
  }

  /// Adds a piece within one pixel: the area to the right of its middle there, the rest further on.
  @inline(__always)
  private mutating func split(_ down: Double, at middle: Double, in row: Int) {
    let column = Int(middle)
    let left = down * (middle - Double(column))
    add(down - left, at: column, in: row)
    if column < width { add(left, at: column + 1, in: row) }
  }

  @inline(__always)
  private mutating func add(_ value: Double, at column: Int, in row: Int) {
    cells[row * stride + column] += Float(value)
    touched[row].first = min(touched[row].first, Int32(column))
    touched[row].last = max(touched[row].last, Int32(column))
  }
}
