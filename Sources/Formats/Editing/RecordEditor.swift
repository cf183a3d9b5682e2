import COCO
import Files

/// An editor that writes changes to records back into the files of a format.
protocol RecordEditor: SendableMetatype {
  static var categories: CategoryHolding { get }

  init(_ context: EditingContext)

  /// Returns the edits that make `changes` in a file; each change gives a patch or is refused.
  mutating func edit(_ text: EncodedText, _ changes: [RecordChange]) -> FileEdits
}

/// The way in which a format's files hold categories.
enum CategoryHolding {
  /// The files hold categories as records.
  case records
  /// Annotations hold the names of their categories, and change with these.
  case names
  /// The files hold a list of names that annotations refer to by number, which is not rewritten.
  case list

  /// Returns the parts of a change of a category that files without a record of it cannot hold. If
  /// annotations name their categories, one without annotations is gone, and a new name is written
  /// with them.
  func refusals(of change: RecordChange, removes: Bool) -> [UnappliedChange] {
    let reason =
      switch self {
      case .records: "no file holds this category as a record"
      case .names: "files hold the names of categories only"
      case .list: "the list of class names is not rewritten"
      }
    if removes { return self == .names ? [] : [change.cause(nil).refused(reason)] }
    let fields = [RecordField.id, .name].filter(change.fields.contains)
    return fields.filter { self != .names || $0 == .id }
      .map { change.cause($0).refused(reason) }
  }
}

/// The context of editors beside the file and its changes.
struct EditingContext {
  var sources: Sources
  var options: ImportOptions
  /// The datasets as they were read.
  var datasets: [Dataset]
}
