extension RunLengthMask {
  /// Encodes an image of bytes, row after row; every byte but 0 belongs to the mask.
  ///
  /// It follows pycocotools' `encode`, which takes columns and expects no bytes but 0 and 1.
  ///
  /// - Precondition: `pixels` holds height × width bytes.
  public init(pixels: [UInt8], height: Int, width: Int) {
    RunLengthMask.checkSize(of: pixels.count, height: height, width: width)
    let changes = pixels.withUnsafeBufferPointer {
      ColumnChanges.positions(in: $0, height: height, width: width) { ($0 == 0) != ($1 == 0) }
    }
    self.init(
      changes: changes, startsSet: pixels.first.map { $0 != 0 } ?? false, height: height,
      width: width)
  }

  /// Returns the mask as height × width bytes 0 and 1, row after row: pycocotools' `decode`.
  ///
  /// - Throws: A `MaskError` if the runs do not cover the image or it has more than `mostPixels`
  ///   pixels.
  public func pixels() throws(MaskError) -> [UInt8] {
    try validate()
    guard height * width <= RunLengthMask.mostPixels else {
      throw .tooManyPixels(height * width)
    }
    var pixels = [UInt8](repeating: 0, count: height * width)
    let window = PixelWindow(x: 0, y: 0, width: width, height: height)
    pixels.withUnsafeMutableBufferPointer {
      if let first = $0.baseAddress { draw(window, into: first, stride: width) }
    }
    return pixels
  }

  /// Draws the part of the mask in `window`, which must hold all its ones, over zeros.
  ///
  /// First only the places are marked at which a column changes, then each row adopts the values of
  /// the row above: this reads and writes memory in its order.
  func draw(_ window: PixelWindow, into first: UnsafeMutablePointer<UInt8>, stride: Int) {
    var position = 0
    var isSet = false
    for run in counts {
      let end = position + Int(run)
      if isSet && run > 0 {
        mark(position..<end, in: window, into: first, stride: stride)
      }
      position = end
      isSet.toggle()
    }
    for row in 1..<max(window.height, 1) {
      let lower = first + row * stride
      let upper = lower - stride
      for column in 0..<window.width { lower[column] ^= upper[column] }
    }
  }

  /// Marks the places at which columns enter and leave one run of ones.
  @inline(__always)
  private func mark(
    _ run: Range<Int>, in window: PixelWindow, into first: UnsafeMutablePointer<UInt8>,
    stride: Int
  ) {
    let (firstColumn, firstRow) = run.lowerBound.quotientAndRemainder(dividingBy: height)
    let (endColumn, endRow) = run.upperBound.quotientAndRemainder(dividingBy: height)
    first[(firstRow - window.y) * stride + firstColumn - window.x] ^= 1
    for column in (firstColumn + 1)..<max(endColumn + (endRow > 0 ? 1 : 0), firstColumn + 1) {
      first[column - window.x] ^= 1
    }
    if endRow > 0, endRow - window.y < window.height {
      first[(endRow - window.y) * stride + endColumn - window.x] ^= 1
    }
  }

  static func checkSize(of count: Int, height: Int, width: Int) {
    precondition(
      height >= 0 && width >= 0 && count == height * width && count <= UInt32.max,
      "expected \(height) × \(width) pixels, found \(count)")
  }
}
