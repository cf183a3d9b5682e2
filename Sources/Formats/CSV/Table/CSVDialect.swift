import Files

/// The division of a table's text into rows and fields, and the form of its numbers.
struct CSVDialect: Sendable, Equatable {
  var delimiter = UInt8(ascii: ",")
  var quote = UInt8(ascii: "\"")
  /// A line feed, a carriage return before it or not; or the carriage return alone.
  var lineEnd = UInt8(ascii: "\n")
  /// Whether a blank follows every delimiter and does not belong to the field.
  var skipsBlanks = false
  var hasDecimalComma = false
  /// The start of the first row: after Excel's `sep=;`, if there is one.
  var start = 0

  private static let sampleBytes = 65536
  private static let sampleRows = 50

  init() {}

  /// Detects the dialect from the first rows.
  init(of text: UnsafeBufferPointer<UInt8>, from start: Int, prefersTab: Bool = false) {
    self.start = start
    let head = text[..<min(text.count, start + Self.sampleBytes)]
    if !head.contains(lineEnd), head.contains(UInt8(ascii: "\r")) {
      lineEnd = UInt8(ascii: "\r")
    }
    let sample = Self.sample(of: text, upTo: head.endIndex, lineEnd: lineEnd)
    if !readSeparatorLine(sample) {
      delimiter = likeliestDelimiter(in: sample, prefersTab: prefersTab)
    }
    quote = likeliestQuote(in: sample)
    let rows = rows(of: sample)
    // Of several blanks in a row all but one only align the columns.
    skipsBlanks = delimiter == Self.blank || isPadded(rows, in: sample)
    hasDecimalComma = writesDecimalCommas(rows, in: sample)
  }

  /// Returns the text up to `end`, or to the last whole line before it.
  private static func sample(
    of text: UnsafeBufferPointer<UInt8>, upTo end: Int, lineEnd: UInt8
  ) -> UnsafeBufferPointer<UInt8> {
    let last = end < text.count ? text[..<end].lastIndex(of: lineEnd) : nil
    return UnsafeBufferPointer(rebasing: text[..<(last.map { $0 + 1 } ?? end)])
  }

  /// Returns the rows that detection looks at.
  func sampleRows(of text: UnsafeBufferPointer<UInt8>) -> [[CSVRowScanner.Field]] {
    let end = min(text.count, start + Self.sampleBytes)
    return rows(of: Self.sample(of: text, upTo: end, lineEnd: lineEnd))
  }

  private func rows(of sample: UnsafeBufferPointer<UInt8>) -> [[CSVRowScanner.Field]] {
    var scanner = CSVRowScanner(sample, self)
    var rows: [[CSVRowScanner.Field]] = []
    var offset = start
    while offset < sample.count, rows.count < Self.sampleRows {
      offset = scanner.scan(from: offset)
      if !scanner.isBlank, scanner.openQuote == nil { rows.append(scanner.fields) }
    }
    return rows
  }

  /// Reads `sep=X` in the first line, as Excel writes it.
  private mutating func readSeparatorLine(_ sample: UnsafeBufferPointer<UInt8>) -> Bool {
    let line = sample[start...].prefix { $0 != lineEnd && $0 != UInt8(ascii: "\r") }
    guard line.count == 5, line.prefix(4).elementsEqual("sep=".utf8), let last = line.last else {
      return false
    }
    delimiter = last
    let next = sample[line.endIndex...].firstIndex(of: lineEnd) ?? sample.endIndex
    start = min(next + 1, sample.count)
    return true
  }

  /// Returns the delimiter that cuts the first row and, most often, all others into as many fields.
  private func likeliestDelimiter(
    in sample: UnsafeBufferPointer<UInt8>, prefersTab: Bool
  ) -> UInt8 {
    let tab = UInt8(ascii: "\t")
    // Blanks stand within names and values too, so that they part columns only where nothing else
    // does.
    let others = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "|")]
    var best = (delimiter: prefersTab ? tab : others[0], agreement: 0.0, fields: 1)
    for candidate in prefersTab ? [tab] + others : others + [tab] {
      var dialect = self
      dialect.delimiter = candidate
      let rows = dialect.rows(of: sample)
      guard let width = rows.first?.count, width > 1 else { continue }
      let agreement = Double(rows.count { $0.count == width }) / Double(rows.count)
      if (agreement, width) > (best.agreement, best.fields) { best = (candidate, agreement, width) }
    }
    if best.fields == 1, isPartedByBlanks(sample) { return Self.blank }
    return best.delimiter
  }

  private static let blank = UInt8(ascii: " ")

  /// Returns whether blanks divide all rows into as many fields as an image and a box need.
  private func isPartedByBlanks(_ sample: UnsafeBufferPointer<UInt8>) -> Bool {
    var dialect = self
    dialect.delimiter = Self.blank
    dialect.skipsBlanks = true
    let rows = dialect.rows(of: sample)
    return !rows.isEmpty && rows.allSatisfy { $0.count >= 5 }
  }

  /// Returns a single quote where fields stand between such, and none between double ones.
  private func likeliestQuote(in sample: UnsafeBufferPointer<UInt8>) -> UInt8 {
    let single = UInt8(ascii: "'")
    var enclosed = 0
    for field in rows(of: sample).joined() {
      if field.isQuoted { return UInt8(ascii: "\"") }
      let bytes = Self.trimmed(field, in: sample)
      if bytes.count > 1, bytes.first == single, bytes.last == single { enclosed += 1 }
    }
    return enclosed > 0 ? single : UInt8(ascii: "\"")
  }

  private func isPadded(
    _ rows: [[CSVRowScanner.Field]], in sample: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    let later = rows.flatMap { $0.dropFirst() }.filter { !$0.isEmpty }
    return !later.isEmpty
      && later.allSatisfy { !$0.isQuoted && sample[$0.start] == UInt8(ascii: " ") }
  }

  /// Returns whether numbers have a comma where others have a point. With semicolons between fields
  /// a comma is one unless there are points; with other delimiters it must be seen, with commas
  /// between fields in quotes and in more than single numbers.
  private func writesDecimalCommas(
    _ rows: [[CSVRowScanner.Field]], in sample: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    let comma = UInt8(ascii: ",")
    var numbers = 0
    var commas = 0
    var thousands = 0
    for field in rows.joined() {
      let bytes = Self.trimmed(field, in: sample)
      let digits = bytes.count { $0 &- UInt8(ascii: "0") < 10 }
      let signs = bytes.first == UInt8(ascii: "-") ? 1 : 0
      guard digits > 0, digits + signs >= bytes.count - 1 else { continue }
      if bytes.contains(UInt8(ascii: ".")) { return false }
      guard let place = bytes.firstIndex(of: comma) else {
        if digits + signs == bytes.count { numbers += 1 }
        continue
      }
      numbers += 1
      commas += 1
      let before = place - signs
      if (1...3).contains(before), bytes.count - place == 4, bytes[signs] != UInt8(ascii: "0") {
        thousands += 1
      }
    }
    // `1,024` is as well a thousand and more.
    if delimiter == comma { return commas > thousands && commas * 10 >= numbers }
    return commas > 0 || delimiter == UInt8(ascii: ";")
  }

  /// Returns a field's bytes without blanks, controls and invisible characters around them.
  static func trimmed(
    _ field: CSVRowScanner.Field, in text: UnsafeBufferPointer<UInt8>
  ) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: text[InvisibleEnds.trimmed(field.start..<field.end, in: text)])
  }

  /// Returns a field as text, unescaped and with its blanks; nil if it is not UTF-8.
  func string(
    _ field: CSVRowScanner.Field, in text: UnsafeBufferPointer<UInt8>
  ) -> String? {
    let bytes = UnsafeBufferPointer(rebasing: text[field.start..<field.end])
    guard field.hasEscapes else { return String(validating: bytes, as: UTF8.self) }
    var plain: [UInt8] = []
    plain.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      let next = index + 1 < bytes.count ? bytes[index + 1] : 0
      let isEscape = bytes[index] == quote || bytes[index] == UInt8(ascii: "\\")
      if isEscape, next == quote, !isDoubled(bytes, index + 1, escape: bytes[index]) { index += 1 }
      plain.append(bytes[index])
      index += 1
    }
    return String(validating: plain, as: UTF8.self)
  }

  /// Returns whether the quote behind a backslash is itself followed by its double, as in JSON's
  /// `\""`.
  private func isDoubled(
    _ bytes: UnsafeBufferPointer<UInt8>, _ index: Int, escape: UInt8
  ) -> Bool {
    escape != quote && index + 1 < bytes.count && bytes[index + 1] == quote
  }
}
