public import DetectionModels

/// The size that a detector resizes images to.
public struct InputSize: Sendable, Equatable {
  /// The length of the shorter side after resizing, in pixels.
  public var minSize: Int
  /// The most that the longer side may have, in pixels.
  public var maxSize: Int
  /// The size that all images get, whatever their shape; nil if they keep their shape. Its sides
  /// are the two sizes.
  public private(set) var fixedSize: SpatialSize?

  /// Creates a size for images that keep their shape; the defaults are torchvision's.
  public init(minSize: Int = 800, maxSize: Int = 1333) {
    self.minSize = minSize
    self.maxSize = maxSize
  }

  /// Creates the size of inference: the last of those that training draws from.
  public init(_ transform: TransformOptions) {
    self.init(minSize: transform.minSize.last ?? 1, maxSize: transform.maxSize)
    fixedSize = transform.fixedSize
  }

  /// Returns the size that an image has in the model; sides are rounded down.
  func resized(width: Int, height: Int) -> (width: Int, height: Int) {
    let size = GeneralizedRCNNTransform(transform)
      .resizedSize(SpatialSize(height: height, width: width), minSize: minSize)
    return (size.width, size.height)
  }

  /// The transform options of a detector of this size.
  public var transform: TransformOptions {
    fixedSize.map { TransformOptions(fixedSize: $0) }
      ?? TransformOptions(minSize: [minSize], maxSize: maxSize)
  }
}
