extension Bitmap {
  /// Returns the image resized by bilinear interpolation that includes every pixel when it reduces,
  /// with Pillow's figures: first along the rows, then along the columns, rounded to 8 bits after
  /// either.
  ///
  /// - Precondition: 8 bits a sample, and a target of at least 1 × 1.
  public func resized(width newWidth: Int, height newHeight: Int) -> Bitmap {
    precondition(bitDepth == 8, "resized: expected 8 bits a sample, found \(bitDepth)")
    precondition(
      newWidth > 0 && newHeight > 0, "resized: expected a target of 1 × 1 or more, found less")
    var pixels = pixels
    if newWidth != width {
      let weights = ResamplingWeights(from: width, to: newWidth)
      pixels = Self.resampledRows(pixels, weights, height: height, channels: channels)
    }
    if newHeight != height {
      let weights = ResamplingWeights(from: height, to: newHeight)
      pixels = Self.resampledColumns(pixels, weights, rowBytes: newWidth * channels)
    }
    return Bitmap(
      width: newWidth, height: newHeight, channels: channels, pixels: pixels, warning: warning)
  }

  /// Returns the part whose upper left pixel is at a column and a row.
  ///
  /// - Precondition: The part lies within the image, which has 8 bits a sample.
  public func cropped(x: Int, y: Int, width newWidth: Int, height newHeight: Int) -> Bitmap {
    precondition(bitDepth == 8, "cropped: expected 8 bits a sample, found \(bitDepth)")
    precondition(
      x >= 0 && y >= 0 && x + newWidth <= width && y + newHeight <= height,
      "cropped: expected a part of \(width) × \(height)")
    var part: [UInt8] = []
    part.reserveCapacity(newWidth * newHeight * channels)
    for row in y..<y + newHeight {
      let start = (row * width + x) * channels
      part += pixels[start..<start + newWidth * channels]
    }
    return Bitmap(
      width: newWidth, height: newHeight, channels: channels, pixels: part, warning: warning)
  }

  private static func resampledRows(
    _ pixels: [UInt8], _ weights: ResamplingWeights, height: Int, channels: Int
  ) -> [UInt8] {
    let count = weights.windows.count * height * channels
    let rowBytes = weights.sourceCount * channels
    return [UInt8](unsafeUninitializedCapacity: count) { target, filled in
      for row in 0..<height {
        for (column, window) in weights.windows.enumerated() {
          let start = row * rowBytes + window.start * channels
          let place = (row * weights.windows.count + column) * channels
          for channel in 0..<channels {
            var sum = ResamplingWeights.half
            for (offset, factor) in window.factors.enumerated() {
              sum += Int(pixels[start + offset * channels + channel]) * factor
            }
            target[place + channel] = ResamplingWeights.sample(sum)
          }
        }
      }
      filled = count
    }
  }

  private static func resampledColumns(
    _ pixels: [UInt8], _ weights: ResamplingWeights, rowBytes: Int
  ) -> [UInt8] {
    var target: [UInt8] = []
    target.reserveCapacity(weights.windows.count * rowBytes)
    var sums = [Int](repeating: 0, count: rowBytes)
    for window in weights.windows {
      for index in sums.indices { sums[index] = ResamplingWeights.half }
      for (offset, factor) in window.factors.enumerated() {
        let start = (window.start + offset) * rowBytes
        for index in sums.indices { sums[index] += Int(pixels[start + index]) * factor }
      }
      for sum in sums { target.append(ResamplingWeights.sample(sum)) }
    }
    return target
  }
}
