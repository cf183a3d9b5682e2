public import COCO
public import Files

/// The result of editing changes into the user's own files, which have not been written yet.
public struct EditedSources: Sendable {
  /// The files that change, in the order of the sources.
  public var files: [EditedFile] = []
  /// The changes that no file takes.
  public var unapplied: [UnappliedChange] = []

  /// Creates a result without changes.
  public init() {}
}

/// A file whose content is to change.
public struct EditedFile: Sendable, Equatable {
  /// The path of the file.
  public var path: String
  /// The bytes before the change.
  public var old: [UInt8]
  /// The bytes after the change.
  public var new: [UInt8]
  /// The differences of the two, in order; all bytes between are the same.
  public var changes: [ByteChange]

  /// Creates the edit of a file.
  public init(path: String, old: [UInt8], new: [UInt8], changes: [ByteChange]) {
    self.path = path
    self.old = old
    self.new = new
    self.changes = changes
  }
}

/// A change that a file cannot hold or does not accept.
public struct UnappliedChange: Sendable, Equatable {
  /// The record, by its position when it was read; nil for a change to a file's text.
  public var record: RecordReference?
  /// The place of the record or the text; nil if it is in no file.
  public var origin: Origin?
  /// The field; nil if the change is to the whole record, or to a part that COCO has no name for.
  public var field: RecordField?
  /// The reason as a message, in lower case without a full stop.
  public var reason: String

  /// Creates an unapplied change.
  public init(
    record: RecordReference?, origin: Origin?, field: RecordField?, reason: String
  ) {
    self.record = record
    self.origin = origin
    self.field = field
    self.reason = reason
  }
}
