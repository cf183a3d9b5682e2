import COCO
import Files

/// Writes changes to records back into the files of a format.
protocol RecordEditor: SendableMetatype {
  static var categories: CategoryHolding { get }

  init(_ context: EditingContext)

  /// What makes `changes` in a file; each change ends in a patch or is refused.
  mutating func edit(_ text: EncodedText, _ changes: [RecordChange]) -> FileEdits
}

/// How a format's files hold categories.
enum CategoryHolding {
  /// As records.
  case records
  /// By the names that annotations have, so that these change when a category's name does.
  case names
  /// As a list of names that annotations count in, which is not rewritten.
  case list

  /// What of a change of a category files cannot hold that have no record of it. Where annotations
  /// name their categories, one that has none is gone, and a new name is written with them.
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

/// What editors know beside the file and its changes.
struct EditingContext {
  var sources: Sources
  var options: ImportOptions
  /// The datasets as they were read.
  var datasets: [Dataset]
}
