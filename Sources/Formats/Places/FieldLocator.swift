import COCO

/// Finds the parts of records in one file of a format.
protocol FieldLocator: SendableMetatype {
  /// Finds fields without reading more of a file than their records; nil where the whole file has
  /// to be read.
  static var singleRecords: (any SingleRecordFinder.Type)? { get }

  /// Returns nil where nothing can be found in the file.
  init?(_ bytes: [UInt8], path: String, options: ImportOptions)

  /// Returns where the record that begins at `offset` has a field, or the record itself where none is
  /// asked for; nil where there is no such record.
  mutating func place(of field: RecordField?, in record: LocatedRecord) -> FieldPlace?
}

extension FieldLocator {
  static var singleRecords: (any SingleRecordFinder.Type)? { nil }
}

/// Finds fields of single records in a file, of which it reads nothing else.
protocol SingleRecordFinder: SendableMetatype {
  /// Returns nil where the file cannot be read.
  init?(_ path: String)

  /// Returns where the value of a field begins in the record at `start`; nil where there is no whole
  /// record, or no such field in it.
  func offset(of field: RecordField, inRecordAt start: Int) -> Int?
}

/// A record as a finding names it.
struct LocatedRecord {
  var offset: Int
  /// nil where the finding does not say.
  var kind: Rejection.Kind?

  /// Returns `field` as the annotation at the place has it: where files hold no categories, one
  /// stands where an annotation names it.
  func fieldOfAnnotation(_ field: RecordField?) -> RecordField? {
    kind == .category ? .categoryID : field
  }
}

/// A place in a file and what the file's own structure calls it.
struct FieldPlace: Equatable {
  var offset: Int
  var path: String
}
