public import DetectionModels

/// The size that a detector resizes pictures to.
public struct InputSize: Sendable, Equatable {
  /// What the shorter side becomes, pixels.
  public var minSize: Int
  /// What the longer side is at most, pixels.
  public var maxSize: Int
  /// What all pictures become, whatever their shape; nil where they keep it. Its sides are the two
  /// sizes.
  public private(set) var fixedSize: SpatialSize?

  public init(minSize: Int = 800, maxSize: Int = 1333) {
    self.minSize = minSize
    self.maxSize = maxSize
  }

  /// The size that inference takes: the last of those among which training draws.
  public init(_ transform: TransformOptions) {
    self.init(minSize: transform.minSize.last ?? 1, maxSize: transform.maxSize)
    fixedSize = transform.fixedSize
  }

  /// Returns the size that a picture has in the model; sides are rounded down.
  func resized(width: Int, height: Int) -> (width: Int, height: Int) {
    let size = GeneralizedRCNNTransform(transform)
      .resizedSize(SpatialSize(height: height, width: width), minSize: minSize)
    return (size.width, size.height)
  }

  /// The options of a detector of this size.
  public var transform: TransformOptions {
    fixedSize.map { TransformOptions(fixedSize: $0) }
      ?? TransformOptions(minSize: [minSize], maxSize: maxSize)
  }
}
