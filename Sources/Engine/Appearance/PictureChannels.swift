import Torch

/// What a picture shows, summed over every rectangle from its upper left corner, so that the mean over
/// any rectangle takes four readings (Viola and Jones, 2001).
struct PictureChannels: Sendable {
  /// Red against green, yellow against blue, brightness, and how strongly brightness changes along and
  /// across rows. Colours are measured from the picture's own mean in its own standard deviations,
  /// changes in their own mean.
  static let count = 5
  /// How many of the channels are colours; the others are changes.
  static let colours = 3
  /// What the longer side becomes, pixels.
  private static let longSide = 640

  let width: Int
  let height: Int
  /// [height + 1, width + 1, count].
  private let sums: [Double]

  /// - Parameter image: [3, H, W], from 0 to 1.
  init(_ image: Tensor) {
    let (height, width) = (image.size(1), image.size(2))
    let scale = min(1, Double(Self.longSide) / Double(max(height, width)))
    self.height = max(1, Int((Double(height) * scale).rounded()))
    self.width = max(1, Int((Double(width) * scale).rounded()))
    // Each pixel is the mean of those that it stands for.
    let values: [Float] = adaptiveAveragePool(
      image.unsqueezed(0), size: [self.height, self.width]
    ).to(.float32).contiguous().scalars()
    sums = Self.sums(of: values, width: self.width, height: self.height)
  }

  var sides: PictureSides { PictureSides(width: Double(width), height: Double(height)) }

  private static func sums(of values: [Float], width: Int, height: Int) -> [Double] {
    let pixels = width * height
    var channels = (0..<count).map { _ in [Float](repeating: 0, count: pixels) }
    for place in 0..<pixels {
      let (red, green, blue) = (values[place], values[pixels + place], values[2 * pixels + place])
      channels[0][place] = red - green
      channels[1][place] = (red + green) / 2 - blue
      channels[2][place] = (red + green + blue) / 3
    }
    addChanges(to: &channels, width: width, height: height)
    for channel in 0..<colours { normalise(&channels[channel]) }
    let change = channels[colours...].reduce(0) { $0 + mean($1) } + 1e-3
    for channel in colours..<count {
      for place in 0..<pixels { channels[channel][place] /= change }
    }
    var sums = [Double](repeating: 0, count: (height + 1) * (width + 1) * count)
    for channel in 0..<count {
      for y in 0..<height {
        var row = 0.0
        for x in 0..<width {
          row += Double(channels[channel][y * width + x])
          let above = (y * (width + 1) + x + 1) * count + channel
          sums[above + (width + 1) * count] = sums[above] + row
        }
      }
    }
    return sums
  }

  /// Central differences of brightness; 0 across the picture's border.
  private static func addChanges(to channels: inout [[Float]], width: Int, height: Int) {
    let brightness = channels[2]
    for y in 0..<height {
      for x in 0..<width {
        let place = y * width + x
        if x > 0, x < width - 1 {
          channels[3][place] = abs(brightness[place + 1] - brightness[place - 1])
        }
        if y > 0, y < height - 1 {
          channels[4][place] = abs(brightness[place + width] - brightness[place - width])
        }
      }
    }
  }

  private static func mean(_ values: [Float]) -> Float {
    Float(values.reduce(0.0) { $0 + Double($1) } / Double(max(values.count, 1)))
  }

  private static func normalise(_ values: inout [Float]) {
    let mean = mean(values)
    let variance = values.reduce(0.0) { $0 + Double(($1 - mean) * ($1 - mean)) }
    let deviation = max(Float((variance / Double(max(values.count, 1))).squareRoot()), 0.02)
    for place in values.indices { values[place] = (values[place] - mean) / deviation }
  }

  /// Returns the sums over the cells between columns and rows, shares of the picture's sides in
  /// ascending order. What is outside of the picture counts as nothing.
  func cells(columns: [Double], rows: [Double]) -> ChannelCells {
    let xs = columns.map { min(max($0, 0), 1) * Double(width) }
    let ys = rows.map { min(max($0, 0), 1) * Double(height) }
    var corners = [Double](repeating: 0, count: xs.count * ys.count * Self.count)
    for (row, y) in ys.enumerated() {
      for (column, x) in xs.enumerated() {
        read(x, y, into: &corners, at: (row * xs.count + column) * Self.count)
      }
    }
    return ChannelCells(columns: xs, rows: ys, corners: corners)
  }

  /// The sums over all that is left of and above a point, between whole pixels in proportion.
  private func read(_ x: Double, _ y: Double, into values: inout [Double], at start: Int) {
    let (column, row) = (min(Int(x), width - 1), min(Int(y), height - 1))
    let (across, down) = (x - Double(column), y - Double(row))
    let first = (row * (width + 1) + column) * Self.count
    let second = first + (width + 1) * Self.count
    for channel in 0..<Self.count {
      let upper =
        sums[first + channel] * (1 - across) + sums[first + Self.count + channel] * across
      let lower =
        sums[second + channel] * (1 - across) + sums[second + Self.count + channel] * across
      values[start + channel] = upper * (1 - down) + lower * down
    }
  }
}

/// The sums of channels over the cells of a grid.
struct ChannelCells {
  /// Pixels.
  fileprivate let columns: [Double]
  fileprivate let rows: [Double]
  fileprivate let corners: [Double]

  /// The pixels of some cells; 0 for what is outside of the picture.
  func area(columns span: Range<Int>, rows: Range<Int>) -> Double {
    (columns[span.upperBound] - columns[span.lowerBound])
      * (self.rows[rows.upperBound] - self.rows[rows.lowerBound])
  }

  /// The sum of a channel over some cells.
  func sum(_ channel: Int, columns span: Range<Int>, rows: Range<Int>) -> Double {
    func corner(_ row: Int, _ column: Int) -> Double {
      corners[(row * columns.count + column) * PictureChannels.count + channel]
    }
    return corner(rows.upperBound, span.upperBound) - corner(rows.lowerBound, span.upperBound)
      - corner(rows.upperBound, span.lowerBound) + corner(rows.lowerBound, span.lowerBound)
  }
}
