import COCO
import Files

/// The text of one label file after another, in one buffer, ended by a line feed.
///
/// UTF-16 becomes a byte a character, since nothing but ASCII means anything here.
final class LabelText {
  private let file = FileBuffer()
  /// The number of bytes without the line feed that ends them.
  private(set) var count = 0
  /// The start of the text, after a byte order mark.
  private(set) var start = 0
  /// The number of the file's bytes that a byte of the text stands for.
  private var unit = 1

  var bytes: UnsafePointer<UInt8> { UnsafePointer(buffer) }
  private var buffer: UnsafeMutablePointer<UInt8> { file.bytes }

  /// Returns the offset in the file of the byte at `index`.
  func offset(_ index: Int) -> Int { unit == 1 ? index : 2 + 2 * index }

  /// The number of lines, blank ones too.
  var lineCount: Int {
    var lines = 1
    let buffer = buffer
    for index in 0..<count where buffer[index] == UInt8(ascii: "\n") { lines += 1 }
    return lines
  }

  /// Reads the file at `path`.
  func load(_ path: String) throws(FileError) {
    try file.load(path)
    count = file.count
    start = 0
    unit = 1
    if count >= 2 { dropMark() }
    buffer[count] = UInt8(ascii: "\n")
  }

  private func dropMark() {
    let buffer = buffer
    if count >= 3, buffer[0] == 0xEF, buffer[1] == 0xBB, buffer[2] == 0xBF {
      start = 3
    } else if buffer[0] == 0xFF, buffer[1] == 0xFE {
      narrow(low: 0)
    } else if buffer[0] == 0xFE, buffer[1] == 0xFF {
      narrow(low: 1)
    }
  }

  private func narrow(low: Int) {
    unit = 2
    let characters = (count - 2) / 2
    let buffer = buffer
    for index in 0..<characters {
      let isASCII = buffer[2 + 2 * index + 1 - low] == 0 && buffer[2 + 2 * index + low] < 0x80
      buffer[index] = isASCII ? buffer[2 + 2 * index + low] : 0xFF
    }
    count = characters
  }
}

/// The numbers of one row of a label file, with their places. One value is used for all rows.
struct YOLORow {
  /// The value of each field; 0 if the field is no number.
  private(set) var values: [Double] = []
  /// The start of each field in bytes of the text.
  private(set) var starts: [Int] = []
  /// The offset behind the last field.
  private(set) var end = 0
  /// The first field that is no number.
  private(set) var malformed: Int?

  init() {
    values.reserveCapacity(64)
    starts.reserveCapacity(64)
  }

  /// Reads the row whose first field begins at `position`, which moves to the row's end. The
  /// bytes must end in a line feed.
  mutating func read(_ bytes: UnsafePointer<UInt8>, _ position: inout Int) {
    values.removeAll(keepingCapacity: true)
    starts.removeAll(keepingCapacity: true)
    malformed = nil
    var index = position
    while true {
      let byte = bytes[index]
      if Self.isBlank(byte) {
        index += 1
        continue
      }
      if Self.isLineEnd(byte) { break }
      starts.append(index)
      end = index + 1
      while !Self.endsField(bytes[end]) { end += 1 }
      let field = UnsafeBufferPointer(start: bytes + index, count: end - index)
      if let value = DecimalParser.parse(field) {
        values.append(value)
      } else {
        if malformed == nil { malformed = values.count }
        values.append(0)
      }
      index = end
    }
    position = index
  }

  /// The characters between the values of a row, or in them, in place of blanks and points.
  enum Separator: String, Sendable {
    case commas, semicolons
    case decimalCommas = "decimal commas"
  }

  /// Reads a malformed row again, with commas or semicolons between its values, or with commas in
  /// place of points if blanks are between them. Returns nil, and keeps the row, if that gives no
  /// row of numbers.
  mutating func reread(_ bytes: UnsafePointer<UInt8>) -> Separator? {
    guard let first = starts.first, let separator = separator(bytes) else { return nil }
    let written = UnsafeBufferPointer(start: bytes + first, count: end - first)
    var changed = written.map { byte in
      byte == UInt8(ascii: ",") || byte == UInt8(ascii: ";")
        ? separator == .decimalCommas ? UInt8(ascii: ".") : UInt8(ascii: " ") : byte
    }
    changed.append(UInt8(ascii: "\n"))
    var other = YOLORow()
    var position = 0
    changed.withUnsafeBufferPointer { bytes in
      if let start = bytes.baseAddress { other.read(start, &position) }
    }
    guard other.malformed == nil, other.values.count > 4 else { return nil }
    values = other.values
    starts = other.starts.map { first + $0 }
    malformed = nil
    return separator
  }

  private func separator(_ bytes: UnsafePointer<UInt8>) -> Separator? {
    let row = UnsafeBufferPointer(start: bytes + starts[0], count: end - starts[0])
    let commas = row.count { $0 == UInt8(ascii: ",") }
    if row.contains(UInt8(ascii: ";")) { return commas == 0 ? .semicolons : nil }
    if commas == 0 { return nil }
    let isInside = row.indices.allSatisfy { index in
      row[index] != UInt8(ascii: ",") || index + 1 < row.count && !Self.endsField(row[index + 1])
    }
    guard starts.count > 4, isInside else { return .commas }
    return row.contains(UInt8(ascii: ".")) ? nil : .decimalCommas
  }

  /// Returns the field at `index` as it is written.
  func text(_ index: Int, in bytes: UnsafePointer<UInt8>) -> String {
    var stop = starts[index]
    while !Self.endsField(bytes[stop]) { stop += 1 }
    return Self.text(bytes, starts[index]..<stop)
  }

  /// Returns the row as it is written, without blanks around it.
  func text(in bytes: UnsafePointer<UInt8>) -> String {
    Self.text(bytes, (starts.first ?? end)..<end)
  }

  private static func text(_ bytes: UnsafePointer<UInt8>, _ range: Range<Int>) -> String {
    let bytes = UnsafeBufferPointer(start: bytes + range.lowerBound, count: range.count)
    return String(decoding: bytes, as: UTF8.self)
  }

  @inline(__always)
  static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
  }

  @inline(__always)
  static func isLineEnd(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
  }

  @inline(__always)
  static func endsField(_ byte: UInt8) -> Bool {
    isBlank(byte) || isLineEnd(byte)
  }
}
