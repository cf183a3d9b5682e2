public import COCO

/// An image with its annotations, as rules see it.
public struct ImageView: Sendable {
  /// The split that has the image.
  public let set: DatasetView
  /// The index among the dataset's images.
  public let index: Int
  /// The positions of the image's annotations.
  public let annotations: ArraySlice<Int32>
  /// The usable boxes with their annotations' positions, by their left edges; made once for all
  /// rules that compare boxes.
  let boxesByEdge: [(index: Int, box: Box)]

  init(_ set: DatasetView, _ index: Int) {
    self.set = set
    self.index = index
    annotations = set.annotations(ofImage: index)
    boxesByEdge = BoxPairs.boxesByEdge(annotations, ofImage: index, in: set)
  }

  /// The image's record.
  public var image: Image { self.set.dataset.images[index] }
  /// The facts about the image file; nil if there are none.
  public var picture: PictureFacts? { self.set.picture(ofImage: index) }
}
