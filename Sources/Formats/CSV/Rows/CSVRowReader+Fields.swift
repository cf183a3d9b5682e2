import COCO
import Files

extension CSVRowReader {
  /// Returns the field of a column; nil if the row ends before it.
  func field(_ column: Int) -> CSVRowScanner.Field? {
    column < scanner.fields.count ? scanner.fields[column] : nil
  }

  /// Returns whether nothing but blanks stands in a column.
  func isEmpty(_ column: Int) -> Bool {
    guard let field = field(column) else { return true }
    return field.isEmpty || trimmedRange(field).isEmpty
  }

  /// Returns the start of a column's value; the row's end if it has none.
  func start(of column: Int) -> Int {
    field(column)?.start ?? scanner.end
  }

  /// Returns the range of a field's value, without blanks and invisible characters around it.
  func trimmedRange(_ field: CSVRowScanner.Field) -> Range<Int> {
    let (start, end) = (field.start, field.end)
    if start < end, Self.isPlain(text[start]), Self.isPlain(text[end - 1]) { return start..<end }
    return InvisibleEnds.trimmed(start..<max(start, end), in: text)
  }

  private static func isPlain(_ byte: UInt8) -> Bool { byte > 0x20 && byte < 0x7F }

  /// The texts that programs write as the box of an image without one.
  static let noBox: Set<String> = [
    "", "[]", "[[]]", "{}", "[{}]", "none", "nan", "null", "na", "n/a", "nobox", "no_box", "no box",
  ]

  /// Returns whether no column of the box has a value: nothing, or a word for it in each of them.
  func hasNoBox(_ columns: [Int]) -> Bool {
    columns.allSatisfy { column in
      guard column < scanner.fields.count else { return false }
      if isEmpty(column) { return true }
      if let number = try? number(column) { return number.isNaN }
      return Self.noBox.contains(string(column)?.lowercased() ?? "-")
    }
  }

  /// Returns a column's text without blanks around it; nil if there is none or it is not UTF-8.
  func string(_ column: Int) -> String? {
    guard var field = field(column) else { return nil }
    let range = trimmedRange(field)
    field.start = range.lowerBound
    field.end = range.upperBound
    return dialect.string(field, in: text)
  }

  func number(_ column: Int) throws(CSVFault) -> Double {
    guard let field = field(column), !field.isEmpty else { throw missing(column) }
    let bytes = UnsafeBufferPointer(rebasing: text[trimmedRange(field)])
    if bytes.isEmpty { throw missing(column) }
    guard let number = dialect.number(bytes) else { throw malformed(column, "a number") }
    return number
  }

  func wholeNumber(_ column: Int) throws(CSVFault) -> Int {
    let number = try number(column)
    guard let whole = Int(exactly: number.rounded()) else {
      throw malformed(column, "a whole number")
    }
    return whole
  }

  /// Returns the fault of a column that is needed and empty.
  func missing(_ column: Int) -> CSVFault {
    let name = columns.names[column]
    if column < scanner.fields.count {
      return CSVFault(
        .missingField, "\(name): expected a value, found nothing", start(of: column))
    }
    return CSVFault(
      .missingField,
      "the row ends before \(name): expected \(columns.count) fields, "
        + "found \(scanner.fields.count)", scanner.end)
  }

  /// Returns the fault of a column that holds something other than expected.
  func malformed(_ column: Int, _ expected: String) -> CSVFault {
    let bytes = field(column).map { text[$0.start..<$0.end] } ?? text[0..<0]
    let shown = String(decoding: bytes.prefix(60), as: UTF8.self)
    return CSVFault(
      .malformedValue,
      "\(columns.names[column]): expected \(expected), "
        + "found \"\(shown)\(bytes.count > 60 ? "…" : "")\"", start(of: column))
  }

  func notUTF8(_ column: Int) -> CSVFault {
    CSVFault(
      .malformedValue, "\(columns.names[column]): expected UTF-8, found other bytes",
      start(of: column))
  }

  /// Reads the row's values beside image, class and box into `extra`.
  mutating func readExtra() throws(CSVFault) {
    extra = CSVRowExtra()
    if let column = columns.crowd { extra.template.isCrowd = crowd(column) }
    if let column = columns.difficult { extra.isDifficult = isTrue(column) }
    if extra.isDifficult, difficult == .crowd { extra.template.isCrowd = 1 }
    var attributes = JSONObject()
    for (column, name) in columns.kept where !isEmpty(column) {
      guard let text = string(column) else { throw notUTF8(column) }
      if text == "{}" { continue }
      attributes.members.append(.init(name: name, value: value(text)))
    }
    if !attributes.isEmpty { extra.template.attributes = attributes }
  }

  /// Returns the value of `iscrowd`. Below 0, as OpenImages writes what is not known, it is no
  /// crowd.
  private func crowd(_ column: Int) -> Int {
    if let number = try? wholeNumber(column) { return max(number, 0) }
    return isTrue(column) ? 1 : 0
  }

  private func isTrue(_ column: Int) -> Bool {
    guard let text = string(column) else { return false }
    return ["1", "1.0", "true", "t", "yes", "y"].contains(text.lowercased())
  }

  /// Returns an integer or a number if the text is one, so that it can be written back unchanged.
  private func value(_ text: String) -> JSONValue {
    if let integer = Int(text), String(integer) == text { return .integer(integer) }
    let digits = text.utf8.drop { $0 == UInt8(ascii: "-") }
    let hasLeadingZero = digits.first == UInt8(ascii: "0") && digits.dropFirst().first != 0x2E
    let isNumeral = digits.allSatisfy { $0 &- UInt8(ascii: "0") < 10 || ".,eE+-".utf8.contains($0) }
    if isNumeral, !hasLeadingZero, digits.contains(where: { !(48...57).contains($0) }) {
      let number = Array(text.utf8).withUnsafeBufferPointer { dialect.number($0) }
      if let number, number.isFinite { return .number(number) }
    }
    return .string(text)
  }
}
