import COCO
import Files

/// A locator for YOLO: an annotation is a row, a field one of its numbers; the image is the file.
struct YOLOFieldLocator: FieldLocator {

  private let rows: LabelRows

  init?(_ bytes: [UInt8], path: String, options: ImportOptions) {
    // Findings about pictures and lists of names have no rows.
    guard Path.ends(path, in: "txt") else { return nil }
    rows = LabelRows(bytes)
  }

  func place(of field: RecordField?, in record: LocatedRecord) -> FieldPlace? {
    if isImage(record, field) {
      return field.map { FieldPlace(offset: record.offset, path: $0.rawValue) }
    }
    guard let start = rows.start(ofRowAround: record.offset), let row = rows.row(at: start),
      let number = rows.number(ofRowAt: start)
    else { return nil }
    // A list of names may be a text file too.
    if record.kind == .category, row.isMalformed || row.fields.count < 5 { return nil }
    let path = "row \(number)"
    guard let field = record.fieldOfAnnotation(field) else {
      // What stands at the very beginning may be said of the file.
      if record.kind == nil, record.offset == 0 { return nil }
      let column = row.fields.firstIndex { $0.contains(record.offset) } ?? 0
      let isRow = column == 0 || record.offset == start
      return FieldPlace(
        offset: record.offset,
        path: isRow ? path : "\(path), \(Self.name(of: column, count: row.fields.count))")
    }
    guard let (index, name) = Self.column(of: field, count: row.fields.count) else {
      return FieldPlace(offset: record.offset, path: "\(path), \(field.rawValue)")
    }
    return FieldPlace(offset: row.fields[index].lowerBound, path: "\(path), \(name)")
  }

  /// Returns whether the record is the image. A file's first row may begin at the same place as the
  /// file.
  private func isImage(_ record: LocatedRecord, _ field: RecordField?) -> Bool {
    if let kind = record.kind { return kind == .image }
    return field == .fileName || field == .width || field == .height
  }

  private static func name(of column: Int, count: Int) -> String {
    let names = ["class", "x_center", "y_center", "width", "height", "confidence"]
    return count == 5 || count == 6 ? names[column] : "field \(column + 1)"
  }

  /// Returns the number of a row of `count` that a field begins with. A long row holds corners or
  /// keypoints; which of the two depends on the field.
  private static func column(of field: RecordField, count: Int) -> (index: Int, name: String)? {
    switch field {
    case .categoryID, .name: (0, "class")
    case .box where count > 1: (1, name(of: 1, count: count))
    case .segmentation where count > 6: (1, "x1")
    case .keypoints where count > 6: (5, "keypoint 1")
    default: nil
    }
  }
}
