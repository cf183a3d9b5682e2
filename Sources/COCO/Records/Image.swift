public import Files

/// One picture of a dataset.
public struct Image: Sendable, Equatable {
  public var id: Int
  /// The path of the file relative to the folder of images, with `/` between its parts.
  public var fileName: String
  /// Pixels; 0 where it is not known.
  public var width: Int
  /// Pixels; 0 where it is not known.
  public var height: Int
  /// Keys that COCO does not name (`license`, `coco_url`, `date_captured` … stand here too).
  public var extra: JSONObject
  /// Where the record stood in its source.
  public var origin: Origin?
  /// Whether a value here is no longer as the source has it. Not written.
  public var isChanged = false

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
