/// One split of a detection dataset: images, their annotations and the categories they use.
///
/// The fields are those of the COCO instances format (cocodataset.org/#format-data). Nothing is
/// validated here: bad data is admitted and left to the rules.
public struct Dataset: Sendable, Equatable {
  /// The split's name (`train`, `val` …); nil if the source has no splits. It is not written to
  /// files.
  public var split: String?
  /// The `info` object; empty if there is none.
  public var info: JSONObject
  /// The `licenses` list; empty if there is none.
  public var licenses: [JSONValue]
  /// The images.
  public var images: [Image]
  /// The annotations.
  public var annotations: [Annotation]
  /// The categories.
  public var categories: [Category]
  /// The top-level members that COCO does not name, in the order in which they stood.
  public var extra: JSONObject

  /// Creates a dataset.
  public init(
    split: String? = nil, info: JSONObject = [:], licenses: [JSONValue] = [],
    images: [Image] = [], annotations: [Annotation] = [], categories: [Category] = [],
    extra: JSONObject = [:]
  ) {
    self.split = split
    self.info = info
    self.licenses = licenses
    self.images = images
    self.annotations = annotations
    self.categories = categories
    self.extra = extra
  }
}
