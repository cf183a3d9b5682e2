public import DetectionModels

/// How large a detector makes its pictures.
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
    let size = GeneralizedRCNNTransform(transform)
      .resizedSize(ImageSize(height: height, width: width), minSize: minSize)
    return (size.width, size.height)
  }

  /// What a detector is told of it.
  public var transform: TransformOptions {
    TransformOptions(minSize: [minSize], maxSize: maxSize)
  }
}
