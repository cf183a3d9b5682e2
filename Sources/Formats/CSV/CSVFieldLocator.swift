import COCO

/// A locator for CSV: a record is a row, a field one of its columns.
struct CSVFieldLocator: FieldLocator {

  private let text: CSVText
  private let layout: CSVLayout

  init?(_ bytes: [UInt8], path: String, options: ImportOptions) {
    // Classes stand in their list at the place that is given.
    guard !CSVClassList.isList(path), let text = try? CSVText(bytes) else { return nil }
    let layout = text.bytes.withUnsafeBufferPointer { bytes in
      try? CSVLayout(of: bytes, from: text.start, path: path, options: options)
    }
    guard let layout else { return nil }
    self.text = text
    self.layout = layout
  }

  func place(of field: RecordField?, in record: LocatedRecord) -> FieldPlace? {
    if record.kind == .category, label == nil { return nil }
    guard let field = record.fieldOfAnnotation(field) else { return column(around: record.offset) }
    guard let column = column(of: field) else {
      return FieldPlace(offset: record.offset, path: field.rawValue)
    }
    let path = layout.columns.names[column]
    guard let start = text.offset(ofFile: record.offset) else { return nil }
    let place: Int? = text.bytes.withUnsafeBufferPointer { bytes in
      var scanner = CSVRowScanner(bytes, layout.dialect, shape: layout.columns.shape)
      _ = scanner.scan(from: start)
      return column < scanner.fields.count ? scanner.fields[column].start : nil
    }
    return FieldPlace(offset: place.map(text.fileOffset) ?? record.offset, path: path)
  }

  /// Returns the column of a value by its place, if the row is one line and as long as others.
  private func column(around offset: Int) -> FieldPlace? {
    guard let place = text.offset(ofFile: offset), place > layout.dataStart else { return nil }
    return text.bytes.withUnsafeBufferPointer { bytes in
      var start = place
      while start > layout.dataStart, bytes[start - 1] != layout.dialect.lineEnd { start -= 1 }
      var scanner = CSVRowScanner(bytes, layout.dialect, shape: layout.columns.shape)
      _ = scanner.scan(from: start)
      guard scanner.fields.count == layout.columns.count, start < place,
        let column = scanner.fields.firstIndex(where: { $0.start <= place && place <= $0.end })
      else { return nil }
      return FieldPlace(offset: offset, path: layout.columns.names[column])
    }
  }

  /// Returns the column that holds a field or its first number.
  private func column(of field: RecordField) -> Int? {
    let columns = layout.columns
    return switch field {
    case .categoryID, .name: label
    case .box: shape
    case .segmentation: columns.outline ?? (isOutline ? shape : nil)
    case .isCrowd: columns.crowd
    case .fileName: columns.image
    case .width: columns.width
    case .height: columns.height
    default: nil
    }
  }

  private var shape: Int {
    layout.columns.form.columns[0]
  }

  private var label: Int? {
    if case .regions(_, let properties) = layout.columns.form {
      return properties ?? layout.columns.label
    }
    return layout.columns.label ?? layout.columns.labelID
  }

  private var isOutline: Bool {
    switch layout.columns.form {
    case .columns, .list: false
    case .regions, .outline, .points: true
    }
  }
}

extension CSVText {
  /// Returns the offset in the text of the file's byte at `offset`; nil if no character begins
  /// there.
  func offset(ofFile offset: Int) -> Int? {
    var low = start
    var high = bytes.count
    while low < high {
      let middle = (low + high) / 2
      if fileOffset(middle) < offset { low = middle + 1 } else { high = middle }
    }
    // In UTF-16 the rest of a character of several bytes seems to stand where the next one does.
    while low < bytes.count, bytes[low] & 0xC0 == 0x80 { low += 1 }
    return fileOffset(low) == offset ? low : nil
  }
}
