import COCO

/// How a table is written and what its columns hold.
struct CSVLayout: Sendable {
  var dialect: CSVDialect
  var columns: CSVColumns
  /// Where the first row of data begins.
  var dataStart: Int

  /// Throws where nothing can be read from the table.
  init(
    of text: UnsafeBufferPointer<UInt8>, from start: Int, path: String,
    chosen: [String: String] = [:]
  ) throws(CSVFault) {
    let dialect = CSVDialect(
      of: text, from: start, prefersTab: path.lowercased().hasSuffix(".tsv"))
    self.dialect = dialect
    var scanner = CSVRowScanner(text, dialect)
    var offset = dialect.start
    repeat {
      guard offset < text.count else { throw CSVFault(.malformedFile, "the table is empty", 0) }
      dataStart = offset
      offset = scanner.scan(from: offset)
    } while scanner.isBlank
    let first = scanner.fields
    if !chosen.isEmpty, chosen.values.allSatisfy({ Int($0) != nil }),
      let byNumber = try Self.byNumber(first, in: text, dialect, chosen)
    {
      columns = byNumber
      return
    }
    if chosen.isEmpty, Self.isRetinaNet(dialect, text) {
      columns = .retinaNet
      return
    }
    let names = first.map { Self.name($0, in: text, dialect) }
    var finder = try CSVColumnFinder(names, chosen: chosen)
    guard let found = finder.columns() else { throw Self.unusable(names) }
    columns = found
    dataStart = min(offset, text.count)
  }

  private static func name(
    _ field: CSVRowScanner.Field, in text: UnsafeBufferPointer<UInt8>, _ dialect: CSVDialect
  ) -> String {
    let name = dialect.string(field, in: text) ?? ""
    let blanks: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 }
    let trimmed = name.utf8.drop(while: blanks).reversed().drop(while: blanks).reversed()
    return String(decoding: Array(trimmed), as: UTF8.self)
  }

  /// Returns the columns by their numbers alone, where the first row holds a box already.
  private static func byNumber(
    _ first: [CSVRowScanner.Field], in text: UnsafeBufferPointer<UInt8>, _ dialect: CSVDialect,
    _ chosen: [String: String]
  ) throws(CSVFault) -> CSVColumns? {
    let names = first.indices.map { "column \($0 + 1)" }
    var finder = try CSVColumnFinder(names, chosen: chosen)
    guard let columns = finder.columns(hasHeader: false) else { return nil }
    if case .columns(let a, let b, let c, let d) = columns.form {
      let box = [a, b, c, d].map { CSVDialect.trimmed(first[$0], in: text) }
      return box.allSatisfy { $0.isEmpty || isNumber($0, dialect) } ? columns : nil
    }
    return columns
  }

  /// Returns whether rows are `path,x1,y1,x2,y2,class` without a header.
  private static func isRetinaNet(
    _ dialect: CSVDialect, _ text: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    let rows = dialect.sampleRows(of: text)
    let fitting = rows.map { row in
      guard row.count == 6, !row[0].isEmpty else { return false }
      let fields = row.map { CSVDialect.trimmed($0, in: text) }
      let box = fields[1...4]
      return !isNumber(fields[0], dialect)
        && (box.allSatisfy { $0.isEmpty } || box.allSatisfy { isNumber($0, dialect) })
    }
    return fitting.first == true && fitting.count { $0 } * 5 >= fitting.count * 4
  }

  private static func isNumber(_ bytes: UnsafeBufferPointer<UInt8>, _ dialect: CSVDialect) -> Bool {
    dialect.number(bytes) != nil
  }

  private static func unusable(_ names: [String]) -> CSVFault {
    let isNamed = names.contains { !$0.isEmpty }
    let shown = isNamed ? names.prefix(12).joined(separator: ", ") : "none"
    let more = names.count > 12 ? " and \(names.count - 12) more" : ""
    return CSVFault(
      .missingField,
      "expected a header with columns for the image and for a box, found \(shown)\(more); "
        + "--csv-columns image=…,xmin=…,ymin=…,xmax=…,ymax=…,class=… says which they are, "
        + "by name or by number", 0)
  }
}

extension CSVDialect {
  /// Returns the number that a field's bytes, without blanks around them, stand for.
  func number(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
    guard hasDecimalComma, let comma = bytes.firstIndex(of: UInt8(ascii: ",")) else {
      return DecimalParser.parse(bytes)
    }
    var copy = Array(bytes)
    copy[comma] = UInt8(ascii: ".")
    return copy.withUnsafeBufferPointer { DecimalParser.parse($0) }
  }
}
