/// One split of a detection dataset: pictures, their annotations and the categories they use.
///
/// The fields are those of the COCO instances format (cocodataset.org/#format-data). Nothing is
/// validated here: bad data is admitted and left to the rules.
public struct Dataset: Sendable, Equatable {
  /// The split's name (`train`, `val` …), or nil where the source has no splits. Not written.
  public var split: String?
  public var info: JSONObject
  public var licenses: [JSONValue]
  public var images: [Image]
  public var annotations: [Annotation]
  public var categories: [Category]
  /// Top-level keys that COCO does not name, in the order in which they stood.
  public var extra: JSONObject

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
