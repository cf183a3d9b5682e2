import COCO
import Files

/// A reader of the rows of a part of a table. Each task needs its own.
struct CSVRowReader {
  /// The class of tables that name none.
  static let onlyClass = "object"
  private static let mostKnown = 256

  let table: CSVText
  let columns: CSVColumns
  let dialect: CSVDialect
  let source: Int
  let difficult: ImportOptions.Difficult
  /// The class of rows that name none.
  let defaultLabel: String?
  let text: UnsafeBufferPointer<UInt8>
  let json = JSONTextParser()
  var scanner: CSVRowScanner
  var piece = CSVPiece()
  /// The row's image, and its values beyond image, class and box.
  var picture: Int32 = 0
  var extra = CSVRowExtra()
  /// Whether each number of a box has a column, and which: read from the form once, since copying
  /// it for each row would cost time.
  private let hasNumbers: Bool
  private let numbers: (Int, Int, Int, Int)
  private let remarks: [Int]
  /// The indices of remarks by their text; emptied when it has grown too large to pay.
  private var knownRemarks: [[UInt8]: Int32] = [:]
  private var remarkKey: [UInt8] = []
  private(set) var rowStart = 0
  private var pictureNames = ByteNames()
  /// The image of each of `pictureNames`; -1 if it is not text.
  private var picturesByName: [Int32] = []
  private var labelNames = ByteNames()
  /// The class of each of `labelNames`; -1 if it is not text. Padded names have the class of the
  /// plain ones.
  private var labelsByName: [Int32] = []
  private var labelTable = LabelTable()
  private var splitNames = ByteNames()

  init(
    _ table: CSVText, in text: UnsafeBufferPointer<UInt8>, layout: CSVLayout, source: Int,
    options: ImportOptions
  ) {
    self.table = table
    self.text = text
    self.source = source
    difficult = options.difficult
    columns = layout.columns
    dialect = layout.dialect
    scanner = CSVRowScanner(text, dialect, shape: columns.shape)
    remarks = columns.remarks
    if case .columns(let first, let second, let third, let fourth) = columns.form {
      hasNumbers = true
      numbers = (first, second, third, fourth)
    } else {
      hasNumbers = false
      numbers = (0, 0, 0, 0)
    }
    let only = options.classNames.flatMap { $0.count == 1 ? $0.first : nil }
    if case .regions = columns.form {
      defaultLabel = only
    } else {
      defaultLabel = columns.label == nil ? only ?? Self.onlyClass : nil
    }
  }

  mutating func read(_ range: Range<Int>) {
    piece.rows.reserveCapacity(range.count / 32)
    var offset = range.lowerBound
    while offset < range.upperBound {
      rowStart = offset
      offset = scanner.scan(from: offset)
      do throws(CSVFault) {
        if let quote = scanner.openQuote {
          throw CSVFault(.malformedFile, "the quote is never closed; its line is left out", quote)
        }
        if !scanner.isBlank { try readRow() }
      } catch {
        reject(error)
      }
    }
  }

  mutating func reject(_ fault: CSVFault) {
    piece.annotations += 1
    let finding = Finding(fault.kind, severity: .error, fault.message, at: origin(fault.offset))
    let record = String(decoding: text[rowStart..<max(scanner.end, rowStart)], as: UTF8.self)
    piece.rejections.append(Rejection(.annotation, finding, record: record))
  }

  private mutating func readRow() throws(CSVFault) {
    if scanner.fields.count > columns.count { try refuseSurplus() }
    picture = try pictureIndex()
    noteSize()
    if hasNumbers { return try readNumbers() }
    switch columns.form {
    case .columns: break
    case .list(let column): try readList(column)
    case .regions(let shape, let properties): try readRegion(shape, properties)
    case .outline(let column): try readOutlineAsBox(column)
    case .points(let points): if !hasNoBox(points) { try readPoints(points) }
    }
  }

  /// Whether none of the four numbers stands there.
  private var isBackground: Bool {
    let (first, second, third, fourth) = numbers
    return hasNoBox([first, second, third, fourth])
  }

  /// Reads a box of which each number has a column.
  private mutating func readNumbers() throws(CSVFault) {
    let (first, second, third, fourth) = numbers
    if isEmpty(first), isBackground { return }
    var row: CSVRow
    do throws(CSVFault) {
      row = CSVRow(
        first: try number(first), second: try number(second), third: try number(third),
        fourth: try number(fourth), offset: rowStart, picture: picture, label: 0, extra: -1)
    } catch {
      if isBackground { return }
      throw error
    }
    if row.first.isNaN, isBackground { return }
    row.label = try labelIndex()
    if let outline = columns.outline {
      try readExtra()
      try readOutline(outline)
      row.extra = addExtra()
    } else if !remarks.isEmpty {
      row.extra = try sharedExtra()
    }
    append(row)
  }

  /// Refuses more fields than columns, which come from a delimiter inside a field, unless they are
  /// empty.
  private func refuseSurplus() throws(CSVFault) {
    for field in scanner.fields[columns.count...] where !field.isEmpty {
      throw CSVFault(
        .unknownFieldCount,
        "expected \(columns.count) fields, found \(scanner.fields.count); a field that holds the "
          + "delimiter needs quotes", field.start)
    }
  }

  mutating func append(_ row: CSVRow) {
    piece.annotations += 1
    piece.units.count(row)
    piece.rows.append(row)
  }

  /// Returns the index of `extra` in the piece; -1 if there is nothing in it.
  mutating func addExtra() -> Int32 {
    if extra.isEmpty { return -1 }
    piece.extras.append(extra)
    return Int32(piece.extras.count - 1)
  }

  /// Returns the index of the row's remarks. Many rows share theirs, so each is kept once.
  private mutating func sharedExtra() throws(CSVFault) -> Int32 {
    remarkKey.removeAll(keepingCapacity: true)
    for column in remarks {
      if let field = field(column) {
        remarkKey.append(contentsOf: text[field.start..<field.end])
        remarkKey.append(field.hasEscapes ? 0xFE : 0xFF)
      }
    }
    if let known = knownRemarks[remarkKey] { return known }
    try readExtra()
    if knownRemarks.count >= Self.mostKnown { knownRemarks.removeAll(keepingCapacity: true) }
    let index = addExtra()
    knownRemarks[remarkKey] = index
    return index
  }

  private mutating func pictureIndex() throws(CSVFault) -> Int32 {
    guard let field = field(columns.image), !isEmpty(columns.image) else {
      throw missing(columns.image)
    }
    let range = trimmedRange(field)
    if range != field.start..<field.end { noteInvisible(field) }
    let tag = splitIndex()
    let index = pictureNames.index(of: range, tag: tag, in: text)
    if index == picturesByName.count {
      if let name = string(columns.image) {
        let split = columns.split.flatMap { self.string($0) }.map(CSVSplits.name(inColumn:)) ?? ""
        picturesByName.append(Int32(piece.pictures.count))
        piece.pictures.append(CSVPicture(name: name, split: split, offset: rowStart))
      } else {
        picturesByName.append(-1)
      }
    }
    guard picturesByName[index] >= 0 else { throw notUTF8(columns.image) }
    return picturesByName[index]
  }

  /// Notes invisible characters around an image's name. Blanks are visible.
  private mutating func noteInvisible(_ field: CSVRowScanner.Field) {
    let name = text[field.start..<field.end]
    guard let first = name.first, let last = name.last, first >= 0x7F || last >= 0x7F else {
      return
    }
    piece.invisible.add(String(decoding: name, as: UTF8.self), at: field.start)
  }

  private mutating func splitIndex() -> Int {
    guard let column = columns.split, let field = field(column) else { return 0 }
    return splitNames.index(of: trimmedRange(field), in: text)
  }

  private mutating func noteSize() {
    guard let width = columns.width, let height = columns.height, !isEmpty(width), !isEmpty(height)
    else { return }
    do throws(CSVFault) {
      let size = CSVPicture.Size(
        width: try wholeNumber(width), height: try wholeNumber(height), offset: start(of: width))
      piece.pictures[Int(picture)].note(size)
    } catch {
      piece.findings.append(
        Finding(error.kind, severity: .warning, error.message, at: origin(error.offset)))
    }
  }

  /// Returns the class that the row names.
  mutating func labelIndex() throws(CSVFault) -> Int32 {
    guard let column = columns.label else {
      return labelIndex(of: defaultLabel ?? Self.onlyClass, padded: nil)
    }
    guard let field = field(column), !isEmpty(column) else { throw missing(column) }
    let index = labelNames.index(of: field.start..<field.end, in: text)
    if index == labelsByName.count {
      let isPadded = trimmedRange(field) != field.start..<field.end
      let padded = isPadded ? String(decoding: text[field.start..<field.end], as: UTF8.self) : nil
      let label = string(column).map { labelIndex(of: $0, padded: padded) }
      labelsByName.append(label ?? -1)
    }
    let label = labelsByName[index]
    guard label >= 0 else { throw notUTF8(column) }
    if let column = columns.labelID, piece.labels[Int(label)].id == nil {
      piece.labels[Int(label)].id = try? wholeNumber(column)
    }
    return label
  }

  /// Returns the number of a class by its name; `padded` is the name as written, if that differs.
  mutating func labelIndex(of name: String, padded: String?) -> Int32 {
    let index = labelTable.index(of: name)
    if index == piece.labels.count { piece.labels.append(CSVLabel(name: name, offset: rowStart)) }
    if let padded, piece.labels[index].padded == nil {
      piece.labels[index].padded = padded
      piece.labels[index].offset = rowStart
    }
    return Int32(index)
  }

  func origin(_ offset: Int) -> Origin {
    Origin(file: source, offset: table.fileOffset(offset))
  }
}
