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
}

/// What editors know beside the file and its changes.
struct EditingContext {
  var sources: Sources
  var options: ImportOptions
  /// The datasets as they were read.
  var datasets: [Dataset]
}
