import COCO

/// Finds the parts of records in one file of a format.
protocol FieldLocator: SendableMetatype {
  /// nil where nothing can be found in the file.
  init?(_ bytes: [UInt8], path: String, options: ImportOptions)

  /// Where the record that begins at `offset` has a field, or the record itself where none is
  /// asked for; nil where there is no such record.
  mutating func place(of field: RecordField?, in record: LocatedRecord) -> FieldPlace?
}

/// A record as a finding names it.
struct LocatedRecord {
  var offset: Int
  /// nil where the finding does not say.
  var kind: Rejection.Kind?

  /// `field` as the annotation at the place has it: where files hold no categories, one stands
  /// where an annotation names it.
  func fieldOfAnnotation(_ field: RecordField?) -> RecordField? {
    kind == .category ? .categoryID : field
  }
}

/// A place in a file and what the file's own structure calls it.
struct FieldPlace: Equatable {
  var offset: Int
  var path: String
}
