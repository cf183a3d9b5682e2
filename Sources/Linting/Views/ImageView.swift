public import COCO

/// An image with its annotations, as rules see it.
public struct ImageView: Sendable {
  public let set: DatasetView
  /// Among the dataset's images.
  public let index: Int
  /// The positions of its annotations.
  public let annotations: ArraySlice<Int32>
  /// Its usable boxes and their annotations' positions, by their left edges: made once for all rules
  /// that compare boxes.
  let boxesByEdge: [(index: Int, box: Box)]

  init(_ set: DatasetView, _ index: Int) {
    self.set = set
    self.index = index
    annotations = set.annotations(ofImage: index)
    boxesByEdge = BoxPairs.boxesByEdge(annotations, ofImage: index, in: set)
  }

  public var image: Image { self.set.dataset.images[index] }
  /// What is known of its picture.
  public var picture: PictureFacts? { self.set.picture(ofImage: index) }
}
