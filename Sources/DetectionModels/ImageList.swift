public import Torch

/// The height and width of an image or of a feature map.
public struct SpatialSize: Sendable, Hashable {
  /// The height in pixels, or in places of a feature map.
  public let height: Int
  /// The width in pixels, or in places of a feature map.
  public let width: Int

  /// Creates a size from a height and a width.
  public init(height: Int, width: Int) {
    self.height = height
    self.width = width
  }

  /// Creates the size of an image [..., H, W].
  public init(of image: Tensor) {
    self.init(height: image.size(-2), width: image.size(-1))
  }
}

/// A batch of images of several sizes in one tensor: each lies at the top left, and zeros fill the
/// rest; torchvision's `ImageList`.
public struct ImageList: Sendable {
  /// The padded images, [N, C, H, W].
  public let tensors: Tensor
  /// The size of each image without its padding.
  public let imageSizes: [SpatialSize]

  /// Creates a batch from padded images and their sizes; traps unless there is one size for each.
  public init(tensors: Tensor, imageSizes: [SpatialSize]) {
    precondition(
      tensors.size(0) == imageSizes.count,
      "expected a size for each of \(tensors.size(0)) pictures, found \(imageSizes.count)")
    self.tensors = tensors
    self.imageSizes = imageSizes
  }
}
