import COCO
import Files

/// The layout of a table: its dialect and its columns.
struct CSVLayout: Sendable {
  var dialect: CSVDialect
  var columns: CSVColumns
  /// The start of the first row of data.
  var dataStart: Int
  /// The evidence in the data for the columns, if no header names them.
  private(set) var evidence: String?

  /// Determines the layout; throws if nothing can be read from the table.
  ///
  /// - Parameter isGlance: Whether it is enough that the table may be one of boxes, so that the
  ///   likeliest of several readings is used.
  init(
    of text: UnsafeBufferPointer<UInt8>, from start: Int, path: String, options: ImportOptions,
    isGlance: Bool = false
  ) throws(CSVFault) {
    let chosen = options.csvColumns
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
    let sample = CSVSample(dialect, of: text)
    if !chosen.isEmpty, chosen.values.allSatisfy({ Int($0) != nil }),
      let byNumber = try Self.byNumber(first, in: text, dialect, chosen)
    {
      columns = byNumber
      return
    }
    let names = first.map { (dialect.string($0, in: text) ?? "").withoutInvisibleEnds }
    var finder = try CSVColumnFinder(names, chosen: chosen)
    let found = finder.columns(
      lists: chosen["bbox"] == nil ? sample.listColumns : [], pictures: sample.pictureColumns)
    if let found {
      columns = found
      dataStart = min(offset, text.count)
      return
    }
    let sizes = CSVPictureFinder.sizes(besides: path, options: options)
    let description = CSVDescription(finder, names, sample, pictureSize: sizes)
    guard chosen.isEmpty else { throw description.fault(at: dataStart) }
    if sample.hasHeader {
      let inferred = CSVHeaderless(sample.withoutFirst, names: names, pictureSize: sizes)
      guard case .proven(let found, let evidence) = inferred.outcome() else {
        throw description.fault(at: dataStart)
      }
      columns = found
      self.evidence = evidence
      dataStart = min(offset, text.count)
      return
    }
    switch CSVHeaderless(sample, pictureSize: sizes).outcome() {
    case .proven(let found, let evidence):
      columns = found
      if found.isRetinaNet { columns = .retinaNet } else { self.evidence = evidence }
    case .open(let readings) where isGlance && !readings.isEmpty:
      columns = readings[0]
      columns.isCertain = false
    case .open, .unlike:
      guard Self.isRetinaNet(dialect, text) else { throw description.fault(at: dataStart) }
      columns = .retinaNet
    }
    if sample.rows.contains(where: { $0.count != first.count }) { widen(text) }
  }

  /// Adds columns for fields beyond the last in some row, since no header gives their number.
  private mutating func widen(_ text: UnsafeBufferPointer<UInt8>) {
    var scanner = CSVRowScanner(text, dialect)
    var offset = dataStart
    var width = columns.count
    while offset < text.count {
      offset = scanner.scan(from: offset)
      width = max(width, (scanner.fields.lastIndex { !$0.isEmpty } ?? -1) + 1)
    }
    for column in columns.count..<width {
      columns.names.append("column \(column + 1)")
      columns.kept.append((column, columns.names[column]))
    }
  }

  /// Returns the columns by their numbers alone, if the first row already holds a box.
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
