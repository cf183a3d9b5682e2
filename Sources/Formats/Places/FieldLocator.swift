import COCO

/// A locator of the parts of records in one file of a format.
protocol FieldLocator: SendableMetatype {
  /// The finder of fields that reads only their records; nil if the whole file has to be read.
  static var singleRecords: (any SingleRecordFinder.Type)? { get }

  /// Whether the path of a field is its name alone, for which the whole file need not be read.
  static var namesFieldsAlone: Bool { get }

  /// Creates a locator; nil if nothing can be found in the file.
  init?(_ bytes: [UInt8], path: String, options: ImportOptions)

  /// Returns the place of a field in the record that begins at `offset`, or of the record itself
  /// without a field; nil if there is no such record.
  mutating func place(of field: RecordField?, in record: LocatedRecord) -> FieldPlace?
}

extension FieldLocator {
  static var singleRecords: (any SingleRecordFinder.Type)? { nil }
  static var namesFieldsAlone: Bool { false }
}

/// A finder of fields of single records in a file, which reads nothing else.
protocol SingleRecordFinder: SendableMetatype {
  /// Opens a file; nil if it cannot be read.
  init?(_ path: String)

  /// Returns the start of a field's value in the record at `start`; nil if there is no whole
  /// record, or no such field in it.
  func offset(of field: RecordField, inRecordAt start: Int) -> Int?
}

/// A record as a finding names it.
struct LocatedRecord {
  var offset: Int
  /// The kind of record; nil if the finding does not give it.
  var kind: Rejection.Kind?

  /// Returns `field` as it is in an annotation: in files without categories, a category's place is
  /// an annotation that names it.
  func fieldOfAnnotation(_ field: RecordField?) -> RecordField? {
    kind == .category ? .categoryID : field
  }
}

/// A place in a file and what the file's own structure calls it.
struct FieldPlace: Equatable {
  var offset: Int
  var path: String
}
