import Torch

/// The channels of an image, summed over every rectangle from its upper left corner, so that the
/// mean over any rectangle takes four reads (Viola and Jones, 2001).
struct PictureChannels: Sendable {
  /// The channels red against green, yellow against blue and brightness, as deviations from the
  /// image's mean in its standard deviations.
  static let colours = 0..<3
  /// The channels of the change of brightness along and across rows, in units of their mean.
  static let changes = 3..<5
  /// The length in pixels that the longer side is scaled to.
  static let longSide = 640

  let width: Int
  let height: Int
  /// The sums, [(height + 1) × (width + 1), channels], float64.
  private let sums: Tensor

  /// Sums an image.
  ///
  /// - Parameter image: The image, [3, H, W], from 0 to 1.
  init(_ image: Tensor) {
    let scale = min(1, Double(Self.longSide) / Double(max(image.size(1), image.size(2))))
    func side(_ dimension: Int) -> Int {
      max(1, Int((Double(image.size(dimension)) * scale).rounded()))
    }
    (height, width) = (side(1), side(2))
    // Each pixel is the mean of those that it stands for.
    let small = adaptiveAveragePool(image.unsqueezed(0), size: [height, width]).squeezed(0)
      .to(.float64)
    let (red, green, blue) = (
      small.select(dim: 0, 0), small.select(dim: 0, 1), small.select(dim: 0, 2)
    )
    let brightness = (red + green + blue) / 3
    let colours = Tensor.stack([red - green, (red + green) / 2 - blue, brightness])
    let centred = colours - colours.mean(dims: [1, 2], keepDim: true)
    let deviations = centred.square().mean(dims: [1, 2], keepDim: true).sqrt()
    let changes = Tensor.stack([
      Self.change(of: brightness, dim: 1), Self.change(of: brightness, dim: 0),
    ])
    let mean = changes.sum(dims: [0], keepDim: true).mean(dims: [1, 2], keepDim: true)
    let channels = Tensor.concatenate([
      centred / deviations.clamped(min: 0.02), changes / (mean + 1e-3),
    ])
    sums = Self.summed(channels)
  }

  /// Returns the sums of [channels, height, width] over everything left of and above the corners of
  /// pixels, in one pass, which is faster than libtorch's sums along each axis.
  private static func summed(_ channels: Tensor) -> Tensor {
    let (count, height, width) = (channels.size(0), channels.size(1), channels.size(2))
    let values: [Double] = channels.contiguous().scalars()
    let row = (width + 1) * count
    var sums = [Double](repeating: 0, count: (height + 1) * row)
    sums.withUnsafeMutableBufferPointer { sums in
      values.withUnsafeBufferPointer { values in
        for channel in 0..<count {
          for y in 0..<height {
            var sum = 0.0
            for x in 0..<width {
              sum += values[(channel * height + y) * width + x]
              let above = y * row + (x + 1) * count + channel
              sums[above + row] = sums[above] + sum
            }
          }
        }
      }
    }
    return Tensor(sums, shape: [(height + 1) * (width + 1), count])
  }

  var sides: PictureSides { PictureSides(width: Double(width), height: Double(height)) }

  /// Returns the absolute central differences; 0 at the image's border.
  private static func change(of brightness: Tensor, dim: Int) -> Tensor {
    let side = brightness.size(dim)
    guard side > 2 else { return brightness * 0 }
    let change =
      (brightness.slice(dim: dim, from: 2) - brightness.slice(dim: dim, to: side - 2)).abs()
    return change.padded(dim == 1 ? [1, 1, 0, 0] : [0, 0, 1, 1])
  }

  /// Returns the sums over the cells between columns [boxes, n + 1] and rows [boxes, m + 1], which
  /// are shares of the image's sides in ascending order. Everything outside the image counts as 0.
  func cells(columns: Tensor, rows: Tensor) -> ChannelCells {
    let (x, y) = (Self.place(columns, side: width), Self.place(rows, side: height))
    func read(_ row: Int, _ column: Int) -> Tensor {
      let places = (y.pixel + row).unsqueezed(2) * (width + 1) + (x.pixel + column).unsqueezed(1)
      return sums.indexSelect(dim: 0, places.to(.int64).flattened())
        .reshaped([places.size(0), places.size(1), places.size(2), sums.size(1)])
    }
    let (across, down) = (x.rest.unsqueezed(1).unsqueezed(3), y.rest.unsqueezed(2).unsqueezed(3))
    let upper = read(0, 0) * (1 - across) + read(0, 1) * across
    let lower = read(1, 0) * (1 - across) + read(1, 1) * across
    let corners = upper * (1 - down) + lower * down
    let widths = Self.differences(x.pixel + x.rest, dim: 1)
    let heights = Self.differences(y.pixel + y.rest, dim: 1)
    return ChannelCells(
      sums: Self.differences(Self.differences(corners, dim: 1), dim: 2),
      areas: heights.unsqueezed(2) * widths.unsqueezed(1))
  }

  /// Returns shares of a side as whole pixels and the rests.
  private static func place(_ shares: Tensor, side: Int) -> (pixel: Tensor, rest: Tensor) {
    let place = shares.clamped(min: 0, max: 1) * side
    let pixel = place.floor().clamped(max: Double(side - 1))
    return (pixel, place - pixel)
  }

  private static func differences(_ values: Tensor, dim: Int) -> Tensor {
    values.slice(dim: dim, from: 1) - values.slice(dim: dim, to: values.size(dim) - 1)
  }
}

/// The sums of channels over the cells of grids.
struct ChannelCells {
  /// The sums, [boxes, m, n, channels].
  let sums: Tensor
  /// The areas, [boxes, m, n], in pixels; 0 for cells outside the image.
  let areas: Tensor
}

extension [RelativeBox] {
  /// The boxes as a tensor, [boxes, 4], x0 y0 x1 y1.
  var tensor: Tensor {
    Tensor(flatMap { [$0.x0, $0.y0, $0.x1, $0.y1] }, shape: [count, 4])
  }
}
