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

/// A change to a record that its file cannot hold or does not take.
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

/// A change to the text of a file that no record shows.
public struct TextEdit: Sendable, Equatable {
  /// The file's index in the sources.
  public var file: Int
  /// Bytes of the file.
  public var range: Range<Int>
  public var text: String
  /// The record that it is about.
  public var record: RecordReference?

  public init(file: Int, range: Range<Int>, text: String, record: RecordReference? = nil) {
    self.file = file
    self.range = range
    self.text = text
    self.record = record
  }

  /// The edits of texts that `fix` makes for `finding`; none where the finding has no place.
  public static func edits(of fix: Fix, for finding: Finding) -> [TextEdit] {
    guard let origin = finding.origin else { return [] }
    return fix.edits.compactMap { edit in
      guard case .replaceText(let range, let text) = edit else { return nil }
      return TextEdit(file: origin.file, range: range, text: text, record: finding.record)
    }
  }
}
