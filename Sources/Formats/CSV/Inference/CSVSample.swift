import Files

/// The first rows of a table, by which it is understood if its header is not enough.
struct CSVSample {
  private let text: UnsafeBufferPointer<UInt8>
  let dialect: CSVDialect
  let rows: [[CSVRowScanner.Field]]

  init(_ dialect: CSVDialect, of text: UnsafeBufferPointer<UInt8>) {
    self.text = text
    self.dialect = dialect
    rows = dialect.sampleRows(of: text)
  }

  private init(
    _ dialect: CSVDialect, _ text: UnsafeBufferPointer<UInt8>, _ rows: [[CSVRowScanner.Field]]
  ) {
    self.dialect = dialect
    self.text = text
    self.rows = rows
  }

  /// The rows behind the first.
  var withoutFirst: CSVSample { CSVSample(dialect, text, Array(rows.dropFirst())) }

  /// The number of fields of the longest row.
  var width: Int { rows.map(\.count).max() ?? 0 }

  /// Returns a field's bytes without blanks around them; none if the row ends before it.
  func bytes(_ row: Int, _ column: Int) -> UnsafeBufferPointer<UInt8> {
    guard column < rows[row].count else { return UnsafeBufferPointer(start: nil, count: 0) }
    return CSVDialect.trimmed(rows[row][column], in: text)
  }

  func number(_ row: Int, _ column: Int) -> Double? {
    let bytes = bytes(row, column)
    return bytes.isEmpty ? nil : dialect.number(bytes)
  }

  func string(_ row: Int, _ column: Int) -> String {
    guard column < rows[row].count else { return "" }
    return (dialect.string(rows[row][column], in: text) ?? "").withoutInvisibleEnds
  }

  func isQuoted(_ row: Int, _ column: Int) -> Bool {
    column < rows[row].count && rows[row][column].isQuoted
  }

  /// Whether the first row holds words, and no number, above columns of numbers: a header, whatever
  /// its words are.
  var hasHeader: Bool {
    let columns = 0..<width
    guard rows.count > 1, columns.allSatisfy({ number(0, $0) == nil }),
      !columns.contains(where: { ImageFiles.isImage(string(0, $0)) })
    else { return false }
    let rest = withoutFirst
    let numeric = columns.filter { column in
      let values = CSVColumnValues(column, of: rest)
      return values.filled > 0 && values.numbers == values.filled
    }
    return numeric.count > 1 && numeric.allSatisfy { !bytes(0, $0).isEmpty }
  }

  /// The columns whose cells are names of images, except for those of the first row, which may be a
  /// header.
  var pictureColumns: [Int] {
    guard rows.count > 1 else { return [] }
    return (0..<width).filter { column in
      rows.indices.dropFirst().allSatisfy { ImageFiles.isImage(string($0, column)) }
        && !ImageFiles.isImage(string(0, column))
    }
  }

  /// The columns whose cells hold lists of objects: `[{'x': 1, …}]`.
  var listColumns: [Int] {
    (0..<width).filter { column in
      rows.indices.contains { row in
        var bytes = bytes(row, column)[...]
        while let first = bytes.first, [0x20, 0x5B].contains(first) { bytes = bytes.dropFirst() }
        guard bytes.first == UInt8(ascii: "{") else { return false }
        return CSVCellObjects.mayHoldBox(string(row, column))
      }
    }
  }
}

/// The kinds of values of a column over the first rows.
struct CSVColumnValues {
  private(set) var filled = 0
  private(set) var numbers = 0
  private(set) var isWhole = true
  private(set) var least = Double.infinity
  private(set) var pictures = 0
  private(set) var addresses = 0
  private(set) var splits = 0
  private(set) var quoted = 0
  private(set) var texts: Set<String> = []
  /// Whether the numbers only count the rows, as those of a first column do.
  private(set) var isCounter: Bool

  init(_ column: Int, of sample: CSVSample) {
    isCounter = column == 0
    var previous: Double?
    for row in sample.rows.indices {
      if sample.bytes(row, column).isEmpty { continue }
      filled += 1
      if sample.isQuoted(row, column) { quoted += 1 }
      if let number = sample.number(row, column), number.isFinite {
        numbers += 1
        least = min(least, number)
        isWhole = isWhole && number.rounded() == number
        if let previous, number != previous + 1 { isCounter = false }
        previous = number
        continue
      }
      let text = sample.string(row, column)
      texts.insert(text)
      if ImageFiles.isImage(text) { pictures += 1 }
      if text.includes("://") { addresses += 1 }
      if CSVSplits.isSplit(text) { splits += 1 }
    }
    isCounter = isCounter && numbers > 2 && numbers == filled
  }

  /// Whether nearly all that stands there is a number. An empty column is none.
  var isNumeric: Bool { filled > 0 && numbers * 5 >= filled * 4 }
  var isPicture: Bool { filled > 0 && pictures * 5 >= filled * 4 }
  var isSplit: Bool { filled > 0 && splits == filled }
  var isText: Bool { filled > 0 && !isNumeric && !isPicture && addresses == 0 }
}
