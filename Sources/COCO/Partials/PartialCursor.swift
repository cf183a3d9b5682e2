/// Reads numbers one after the other from bytes that someone else holds. What lies behind the end reads
/// as 0, and `isPastEnd` says so.
public struct PartialCursor {
  private let bytes: UnsafeRawBufferPointer
  public private(set) var offset: Int
  public private(set) var isPastEnd = false

  init(_ bytes: UnsafeRawBufferPointer, at offset: Int) {
    self.bytes = bytes
    self.offset = min(max(offset, 0), bytes.count)
  }

  public var isAtEnd: Bool { offset >= bytes.count }

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
  /// Appends a number's bytes, the lowest first.
  @inline(__always)
  public mutating func append(little value: some FixedWidthInteger) {
    Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
  }

  /// Appends a number in as many bytes as it has groups of seven bits: one for those below 128.
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
