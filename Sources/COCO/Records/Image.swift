public import Files

/// One image of a dataset.
public struct Image: Sendable, Equatable {
  /// The id, unique within the dataset.
  public var id: Int
  /// The path of the file relative to the folder of images, with `/` between its parts.
  public var fileName: String
  /// The width in pixels; 0 if it is not known.
  public var width: Int
  /// The height in pixels; 0 if it is not known.
  public var height: Int
  /// The members that have no property here (`license`, `coco_url`, `date_captured` …).
  public var extra: JSONObject
  /// The place of the record in its source; nil for a record made by the program.
  public var origin: Origin?
  /// Whether a value differs from the source. This flag is not written to files.
  public var isChanged = false

  /// Creates an image.
  public init(
    id: Int, fileName: String, width: Int, height: Int, extra: JSONObject = [:],
    origin: Origin? = nil
  ) {
    self.id = id
    self.fileName = fileName
    self.width = width
    self.height = height
    self.extra = extra
    self.origin = origin
  }
}
