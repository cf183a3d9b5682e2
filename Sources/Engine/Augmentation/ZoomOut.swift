/// A placement of images at a random place on a larger canvas, so that their objects become small
/// (torchvision's `RandomZoomOut`; Liu et al., 2016).
public struct ZoomOut: Sendable, Equatable {
  /// The probability that an image is changed, 0 … 1.
  public var probability = 0.5
  /// The range of the canvas' sides as multiples of the image's, drawn evenly.
  public var sides = 1.0...4.0

  /// Creates a placement with torchvision's defaults.
  public init() {}

  func applied(to sample: Sample, using generator: inout SeededGenerator) -> Sample {
    guard Double.random(in: 0..<1, using: &generator) < probability else { return sample }
    let factor = Double.random(in: sides, using: &generator)
    let width = Int(Double(sample.width) * factor)
    let height = Int(Double(sample.height) * factor)
    let x = Double(width - sample.width) * Double.random(in: 0..<1, using: &generator)
    let y = Double(height - sample.height) * Double.random(in: 0..<1, using: &generator)
    return sample.onCanvas(
      width: width, height: height, x: Int(x), y: Int(y), fill: Augmentation.fill)
  }
}
