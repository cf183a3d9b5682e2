public import COCO
public import Files

/// What writing changes back into the user's own files comes to. Nothing has been written yet.
public struct EditedSources: Sendable {
  /// The files that change, in the order of the sources.
  public var files: [EditedFile] = []
  public var unapplied: [UnappliedChange] = []

  public init() {}
}

/// A file whose content is to change.
public struct EditedFile: Sendable, Equatable {
  public var path: String
  public var old: [UInt8]
  public var new: [UInt8]
  /// Where the two differ, in order; all bytes between are the same.
  public var changes: [ByteChange]

  public init(path: String, old: [UInt8], new: [UInt8], changes: [ByteChange]) {
    self.path = path
    self.old = old
    self.new = new
    self.changes = changes
  }
}

/// A change that a file cannot hold or does not take.
public struct UnappliedChange: Sendable, Equatable {
  /// By its position in the datasets as they were read; nil for a change to a file's text.
  public var record: RecordReference?
  public var origin: Origin?
  /// nil where it is the whole record, or a part that COCO has no name for.
  public var field: RecordField?
  /// Lower case, no full stop.
  public var reason: String

  public init(
    record: RecordReference?, origin: Origin?, field: RecordField?, reason: String
  ) {
    self.record = record
    self.origin = origin
    self.field = field
    self.reason = reason
  }
}
