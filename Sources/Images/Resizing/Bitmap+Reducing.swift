extension Bitmap {
  /// Returns the image reduced for people to look at: averages are of light, so that fine light
  /// lines on dark ground keep their brightness, which `resized(width:height:)` darkens.
  ///
  /// - Returns: RGB of 8 bits.
  /// - Precondition: The target is at least 1 × 1.
  public func reduced(width newWidth: Int, height newHeight: Int) -> Bitmap {
    precondition(newWidth > 0 && newHeight > 0, "reduced: expected a target of 1 × 1 or more")
    let source = rgb()
    if newWidth == width, newHeight == height { return source }
    let columns = ResamplingWeights(from: width, to: newWidth)
    let rows = ResamplingWeights(from: height, to: newHeight)
    let rowCount = newWidth * 3
    // Only the rows that the next one of the target needs are held, by their number.
    var held: [Int: [Int]] = [:]
    var target: [UInt8] = []
    target.reserveCapacity(newHeight * rowCount)
    for window in rows.windows {
      let needed = window.start..<window.start + window.factors.count
      held = held.filter { needed.contains($0.key) }
      var sums = [Int](repeating: ResamplingWeights.half, count: rowCount)
      for (row, factor) in zip(needed, window.factors) {
        let light = held[row] ?? source.lightOfRow(row, columns)
        held[row] = light
        for index in 0..<rowCount { sums[index] &+= light[index] &* factor }
      }
      for sum in sums {
        let light = min(max(ResamplingWeights.whole(sum), 0), 65535)
        target.append(LinearLight.values[LinearLight.step(light << 8)])
      }
    }
    return Bitmap(
      width: newWidth, height: newHeight, channels: 3, pixels: target, warning: warning)
  }

  /// Returns the light of a row of RGB, 0...65535, in as many columns as `weights` has windows.
  private func lightOfRow(_ row: Int, _ weights: ResamplingWeights) -> [Int] {
    let start = row * width * 3
    var light = [Int](repeating: 0, count: weights.windows.count * 3)
    pixels.withUnsafeBufferPointer { pixels in
      LinearLight.light.withUnsafeBufferPointer { table in
        for (column, window) in weights.windows.enumerated() {
          var place = start + window.start * 3
          var (red, green, blue) = (
            ResamplingWeights.half, ResamplingWeights.half, ResamplingWeights.half
          )
          for factor in window.factors {
            red &+= Int(table[Int(pixels[place])]) &* factor
            green &+= Int(table[Int(pixels[place + 1])]) &* factor
            blue &+= Int(table[Int(pixels[place + 2])]) &* factor
            place += 3
          }
          light[column * 3] = ResamplingWeights.whole(red)
          light[column * 3 + 1] = ResamplingWeights.whole(green)
          light[column * 3 + 2] = ResamplingWeights.whole(blue)
        }
      }
    }
    return light
  }
}
