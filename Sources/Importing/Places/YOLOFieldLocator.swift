import COCO

/// YOLO: an annotation is a row, a field one of its numbers; the image is the file.
struct YOLOFieldLocator: FieldLocator {
  static let format = "yolo"

  private let rows: LabelRows

  init?(_ bytes: [UInt8], path: String, options: ImportOptions) {
    rows = LabelRows(bytes)
  }

  func place(of field: RecordField?, in record: LocatedRecord) -> FieldPlace? {
    if isImage(record, field) {
      return field.map { FieldPlace(offset: record.offset, path: $0.rawValue) }
    }
    guard let row = rows.row(at: record.offset), let number = rows.number(ofRowAt: record.offset)
    else { return nil }
    let path = "row \(number)"
    guard let field else { return FieldPlace(offset: record.offset, path: path) }
    guard let (index, name) = Self.column(of: field, count: row.fields.count) else {
      return FieldPlace(offset: record.offset, path: "\(path), \(field.rawValue)")
    }
    return FieldPlace(offset: row.fields[index].lowerBound, path: "\(path), \(name)")
  }

  /// A file's first row may begin where the file does.
  private func isImage(_ record: LocatedRecord, _ field: RecordField?) -> Bool {
    if let kind = record.kind { return kind == .image }
    return field == .fileName || field == .width || field == .height
  }

  /// Which number of a row of `count` a field begins with. A long row holds corners or keypoints;
  /// which of the two, the field tells.
  private static func column(of field: RecordField, count: Int) -> (index: Int, name: String)? {
    switch field {
    case .categoryID, .name: (0, "class")
    case .box where count == 5 || count == 6: (1, "x_center")
    case .box where count > 1: (1, "field 2")
    case .segmentation where count > 6: (1, "x1")
    case .keypoints where count > 6: (5, "keypoint 1")
    default: nil
    }
  }
}
