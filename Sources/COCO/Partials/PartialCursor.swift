/// A reader of consecutive numbers in bytes that the caller keeps alive.
///
/// Bytes beyond the end read as 0 and set `isPastEnd`.
public struct PartialCursor {
  private let bytes: UnsafeRawBufferPointer
  /// The offset of the next byte.
  public private(set) var offset: Int
  /// Whether something beyond the end has been read.
  public private(set) var isPastEnd = false

  init(_ bytes: UnsafeRawBufferPointer, at offset: Int) {
    self.bytes = bytes
    self.offset = min(max(offset, 0), bytes.count)
  }

  /// Whether no byte is left.
  public var isAtEnd: Bool { offset >= bytes.count }

  /// Reads an integer, lowest byte first.
  @inline(__always)
  public mutating func integer<Integer: FixedWidthInteger>(_ type: Integer.Type) -> Integer {
    let size = MemoryLayout<Integer>.size
    guard bytes.count - offset >= size else {
      isPastEnd = true
      offset = bytes.count
      return 0
    }
    let value = bytes.loadUnaligned(fromByteOffset: offset, as: Integer.self)
    offset += size
    return Integer(littleEndian: value)
  }

  /// Reads a double, lowest byte first.
  @inline(__always)
  public mutating func double() -> Double { Double(bitPattern: integer(UInt64.self)) }

  /// Reads a number that `append(variable:)` wrote.
  @inline(__always)
  public mutating func variable() -> UInt64 {
    var (value, shift): (UInt64, UInt64) = (0, 0)
    while true {
      let byte = integer(UInt8.self)
      value |= UInt64(byte & 0x7F) << shift
      shift += 7
      if byte < 0x80 || shift > 63 { return value }
    }
  }
}

extension [UInt8] {
  /// Appends an integer's bytes, the lowest first.
  @inline(__always)
  public mutating func append(little value: some FixedWidthInteger) {
    Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
  }

  /// Appends a number in groups of seven bits, lowest first: one byte for numbers below 128.
  @inline(__always)
  public mutating func append(variable value: UInt64) {
    var value = value
    while value >= 0x80 {
      append(UInt8(truncatingIfNeeded: value) | 0x80)
      value >>= 7
    }
    append(UInt8(value))
  }
}
