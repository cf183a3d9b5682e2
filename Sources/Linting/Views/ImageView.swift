public import COCO

/// An image with its annotations, as rules see it.
public struct ImageView: Sendable {
  public let set: DatasetView
  /// Among the dataset's images.
  public let index: Int
  /// The positions of its annotations.
  public let annotations: ArraySlice<Int32>

  init(_ set: DatasetView, _ index: Int) {
    self.set = set
    self.index = index
    annotations = set.annotations(ofImage: index)
  }

  public var image: Image { self.set.dataset.images[index] }
  /// What is known of its picture.
  public var picture: PictureFacts? { self.set.picture(ofImage: index) }
}
