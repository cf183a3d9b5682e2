/// A resizing of each image to a size that is drawn.
public enum RandomSize: Sendable, Equatable {
  /// Fits the image into a square and multiplies that by a factor drawn evenly; then a window of
  /// the square's size is cut out, or the rest is filled to the right and below (torchvision's
  /// `ScaleJitter` and `FixedSizeCrop`; Ghiasi et al., 2021).
  case jitter(square: Int, scale: ClosedRange<Double>)
  /// Draws what the shorter side becomes, unless the longer one would be above its most
  /// (`RandomShortestSize`).
  case shorterSide([Int], longest: Int)

  func applied(to sample: Sample, using generator: inout SeededGenerator) -> Sample {
    let (width, height) = (Double(sample.width), Double(sample.height))
    switch self {
    case .jitter(let square, let range):
      let scale = Double.random(in: range, using: &generator)
      let factor = min(Double(square) / height, Double(square) / width) * scale
      let share = Double.random(in: 0..<1, using: &generator)
      return Self.resized(sample, by: factor).fitted(into: square, at: share)
    case .shorterSide(let sides, let longest):
      let side = sides[Int.random(in: 0..<sides.count, using: &generator)]
      let factor = min(Double(side) / min(width, height), Double(longest) / max(width, height))
      return Self.resized(sample, by: factor)
    }
  }

  /// Returns the sample with its sides multiplied and rounded down; they are never 0.
  private static func resized(_ sample: Sample, by factor: Double) -> Sample {
    sample.resized(
      width: max(1, Int(Double(sample.width) * factor)),
      height: max(1, Int(Double(sample.height) * factor)))
  }
}

extension Sample {
  /// Returns a square of the sample's image: a larger one is cut at a share of the available room,
  /// a smaller one filled.
  fileprivate func fitted(into square: Int, at share: Double) -> Sample {
    var sample = self
    if width > square || height > square {
      sample = sample.cropped(
        x: Int(Double(max(width - square, 0)) * share),
        y: Int(Double(max(height - square, 0)) * share),
        width: min(width, square), height: min(height, square))
    }
    guard sample.width < square || sample.height < square else { return sample }
    return sample.onCanvas(width: square, height: square, x: 0, y: 0, fill: Augmentation.fill)
  }
}
