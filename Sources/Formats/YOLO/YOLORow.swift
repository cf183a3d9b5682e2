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

  /// The field at `index` as it is written.
  func text(_ index: Int, in bytes: UnsafePointer<UInt8>) -> String {
    var stop = starts[index]
    while !Self.endsField(bytes[stop]) { stop += 1 }
    return Self.text(bytes, starts[index]..<stop)
  }

  /// The row as it is written, without blanks around it.
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
