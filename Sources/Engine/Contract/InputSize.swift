/// How large a detector makes its pictures: torchvision's `GeneralizedRCNNTransform`, with the
/// scale in float64 as from torchvision 0.28 on.
public struct InputSize: Sendable, Equatable {
  /// What the shorter side becomes, pixels.
  public var minSize: Int
  /// What the longer side is at most, pixels.
  public var maxSize: Int

  public init(minSize: Int = 800, maxSize: Int = 1333) {
    self.minSize = minSize
    self.maxSize = maxSize
  }

  /// The size of a picture for the model; sides are rounded down.
  func resized(width: Int, height: Int) -> (width: Int, height: Int) {
    let short = Double(max(min(width, height), 1))
    let long = Double(max(width, height, 1))
    let scale = min(Double(minSize) / short, Double(maxSize) / long)
    return (Int(Double(width) * scale), Int(Double(height) * scale))
  }
}
