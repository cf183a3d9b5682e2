import Files

/// A reader that advances through a range of a file and never beyond its end.
struct ByteReader {
  let file: MappedFile
  /// The number of bytes from the start of the file.
  private(set) var offset: Int
  let end: Int

  init(_ file: MappedFile, _ range: Range<Int>) {
    precondition(range.upperBound <= file.count, "expected a range within \(file.count) bytes")
    self.file = file
    offset = range.lowerBound
    end = range.upperBound
  }

  var remaining: Int { end - offset }

  func failure(_ message: String) -> StateError {
    StateError(file.path, message)
  }

  /// The next byte, without advancing; nil at the end.
  var next: UInt8? {
    offset < end ? file.withUnsafeBytes(in: offset..<offset + 1) { $0[0] } : nil
  }

  /// Returns the range of the next `count` bytes and advances past it.
  mutating func skip(_ count: Int) throws(StateError) -> Range<Int> {
    guard count >= 0, count <= remaining else {
      throw failure("expected \(count) bytes at byte \(offset), found the end after \(remaining)")
    }
    defer { offset += count }
    return offset..<offset + count
  }

  mutating func byte() throws(StateError) -> UInt8 {
    let range = try skip(1)
    return file.withUnsafeBytes(in: range) { $0[0] }
  }

  mutating func bytes(_ count: Int) throws(StateError) -> [UInt8] {
    let range = try skip(count)
    return file.withUnsafeBytes(in: range) { Array($0) }
  }

  mutating func littleEndian<Number: FixedWidthInteger & BitwiseCopyable>(
    _ type: Number.Type
  ) throws(StateError) -> Number {
    let range = try skip(MemoryLayout<Number>.size)
    return file.withUnsafeBytes(in: range) { Number(littleEndian: $0.loadUnaligned(as: type)) }
  }

  /// Reads the length of the data that follows, a number of as many bytes as `type` has.
  mutating func length<Number: FixedWidthInteger & BitwiseCopyable>(
    _ type: Number.Type
  ) throws(StateError) -> Int {
    let number = try littleEndian(type)
    guard let length = Int(exactly: number), length >= 0, length <= remaining else {
      throw failure(
        "expected at most \(remaining) bytes at byte \(offset), found a length of \(number)")
    }
    return length
  }

  /// Reads the next `count` bytes as text, which must be UTF-8.
  mutating func text(_ count: Int) throws(StateError) -> String {
    let start = offset
    guard let text = String(validating: try bytes(count), as: UTF8.self) else {
      throw failure("expected UTF-8 at byte \(start)")
    }
    return text
  }

  /// Reads text up to the next line feed and advances past it.
  mutating func line() throws(StateError) -> String {
    let length = file.withUnsafeBytes(in: offset..<end) { $0.firstIndex(of: UInt8(ascii: "\n")) }
    guard let length else { throw failure("expected a line at byte \(offset), found the end") }
    let line = try text(length)
    _ = try skip(1)
    return line
  }
}
