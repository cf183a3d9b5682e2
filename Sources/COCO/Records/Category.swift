public import Files

/// A class of objects. Id 0 is left to the background of the model's target.
public struct Category: Sendable, Equatable {
  /// The id, unique within the dataset.
  public var id: Int
  /// The name.
  public var name: String
  /// The name of the group of categories that this one belongs to; nil if none is given.
  public var supercategory: String?
  /// The members that have no property here (`keypoints`, `skeleton` …).
  public var extra: JSONObject
  /// The place of the record in its source; nil for a record made by the program.
  public var origin: Origin?

  /// Creates a category.
  public init(
    id: Int, name: String, supercategory: String? = nil, extra: JSONObject = [:],
    origin: Origin? = nil
  ) {
    self.id = id
    self.name = name
    self.supercategory = supercategory
    self.extra = extra
    self.origin = origin
  }
}
