public import Files

/// A class of objects. Id 0 is left to the background of the model's target.
public struct Category: Sendable, Equatable {
  public var id: Int
  public var name: String
  public var supercategory: String?
  /// Keys that are not named here (`keypoints`, `skeleton` … stand here too).
  public var extra: JSONObject
  public var origin: Origin?

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
