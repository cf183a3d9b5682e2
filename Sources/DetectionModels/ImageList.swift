public import Torch

/// Height and width of a picture or of a feature map.
public struct SpatialSize: Sendable, Hashable {
  public let height: Int
  public let width: Int

  public init(height: Int, width: Int) {
    self.height = height
    self.width = width
  }

  /// The size of a picture [..., H, W].
  public init(of image: Tensor) {
    self.init(height: image.size(-2), width: image.size(-1))
  }
}

/// Pictures of several sizes in one tensor: each lies at the top left, zeros fill the rest.
public struct ImageList: Sendable {
  /// [N, C, H, W]
  public let tensors: Tensor
  /// Each picture's own size, without what was filled.
  public let imageSizes: [SpatialSize]

  public init(tensors: Tensor, imageSizes: [SpatialSize]) {
    precondition(
      tensors.size(0) == imageSizes.count,
      "expected a size for each of \(tensors.size(0)) images, found \(imageSizes.count)")
    self.tensors = tensors
    self.imageSizes = imageSizes
  }
}
