import Images

/// A page of small pictures in cells of one size, each over its name.
struct ContactSheet {
  private static let gap = 12
  private static let textSize = 13.0
  private static let captionHeight = 22

  private let shape: SheetShape
  /// Of the picture in a cell, pixels.
  let cell: (width: Int, height: Int)
  private var canvas: Canvas
  private(set) var count = 0

  /// - Parameters:
  ///   - side: the width of a view, pixels.
  ///   - views: how many stand side by side in a cell.
  init(_ shape: SheetShape, side: Int, views: Int) {
    self.shape = shape
    cell = Self.cell(side, views)
    let size = Self.size(shape, cell)
    canvas = Canvas(width: size.width, height: size.height, colour: PictureRendering.paper)
  }

  /// Returns whether a sheet can be held and written as any format.
  static func isPossible(_ shape: SheetShape, side: Int, views: Int) -> Bool {
    let size = size(shape, cell(side, views))
    return max(size.width, size.height) <= 65_000 && size.width * size.height <= 1 << 27
  }

  private static func cell(_ side: Int, _ views: Int) -> (width: Int, height: Int) {
    (side * views + PictureRendering.gap(between: views) * (views - 1), max(side * 3 / 4, 1))
  }

  private static func size(
    _ shape: SheetShape, _ cell: (width: Int, height: Int)
  ) -> (width: Int, height: Int) {
    (
      gap + shape.columns * (cell.width + gap),
      gap + shape.rows * (cell.height + captionHeight + gap)
    )
  }

  var isFull: Bool { count == shape.count }

  /// Adds a picture, or where there is none the reason.
  mutating func add(_ picture: Bitmap?, name: String, reason: String = "") {
    let left = Self.gap + count % shape.columns * (cell.width + Self.gap)
    let top = Self.gap + count / shape.columns * (cell.height + Self.captionHeight + Self.gap)
    count += 1
    if let picture {
      canvas.place(
        picture, column: left + (cell.width - picture.width) / 2,
        row: top + (cell.height - picture.height) / 2)
    } else {
      var ground = VectorPath()
      ground.addRectangle(
        x0: Double(left), y0: Double(top), x1: Double(left + cell.width),
        y1: Double(top + cell.height))
      canvas.fill(ground, Colour(red: 235, green: 235, blue: 235))
      write(reason, left: left, baseline: Double(top + cell.height / 2) + Self.textSize / 3)
    }
    write(
      name, left: left,
      baseline: Double(top + cell.height + Self.captionHeight) - Self.textSize * 0.45)
  }

  /// Writes a line in the middle of a cell.
  private mutating func write(_ text: String, left: Int, baseline: Double) {
    let line = TextLine(text, size: Self.textSize, limit: Double(cell.width))
    let start = Double(left) + ((Double(cell.width) - line.width) / 2).rounded()
    canvas.draw(line, at: Point(x: start, y: baseline), PictureRendering.print)
  }

  /// Returns the sheet without rows that hold nothing, over the legend of its colours.
  func bitmap(_ meanings: [(colour: Colour, text: String)]) -> Bitmap {
    let rows = (count + shape.columns - 1) / shape.columns
    let size = Self.size(SheetShape(columns: shape.columns, rows: rows), cell)
    let page = canvas.bitmap.cropped(x: 0, y: 0, width: size.width, height: size.height)
    let legend = Legend(meanings, size: Self.textSize, width: size.width)
    guard legend.height > 0 else { return page }
    var whole = Canvas(
      width: size.width, height: size.height + legend.height, colour: PictureRendering.paper)
    whole.place(page, column: 0, row: 0)
    legend.draw(on: &whole, top: size.height)
    return whole.bitmap
  }
}
