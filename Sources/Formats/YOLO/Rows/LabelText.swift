import COCO
import Files

/// The text of one label file after another, in one buffer, ended by a line feed.
///
/// UTF-16 becomes a byte a character, since nothing but ASCII means anything here.
final class LabelText {
  private let file = FileBuffer()
  /// Without the line feed that ends it.
  private(set) var count = 0
  /// Where the text begins, behind a byte order mark.
  private(set) var start = 0
  /// The number of the file's bytes that a byte of the text stands for.
  private var unit = 1

  var bytes: UnsafePointer<UInt8> { UnsafePointer(buffer) }
  private var buffer: UnsafeMutablePointer<UInt8> { file.bytes }

  /// Returns where in the file the byte at `index` stands.
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

/// The numbers of one row of a label file, and where each stands. One is used for all rows.
struct YOLORow {
  /// One for each field; 0 where the field is no number.
  private(set) var values: [Double] = []
  /// Where each field begins, in bytes of the text.
  private(set) var starts: [Int] = []
  /// Behind the last field.
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
