/// The unit of a text file's encoding, by its byte order mark.
public enum TextUnit: Sendable {
  /// A byte, of UTF-8 or of an encoding that shares ASCII with it.
  case byte
  case utf16LittleEndian, utf16BigEndian

  /// The line, from 1, and the characters before on that line.
  struct Position {
    var line = 1
    var characters = 0
  }

  /// Reads the mark at the beginning of `bytes`, which are the file's first.
  public init(_ bytes: some Sequence<UInt8>) {
    self =
      if bytes.starts(with: [0xFF, 0xFE]) {
        .utf16LittleEndian
      } else if bytes.starts(with: [0xFE, 0xFF]) {
        .utf16BigEndian
      } else {
        .byte
      }
  }

  /// The unit's size in bytes.
  public var size: Int { self == .byte ? 1 : 2 }

  /// The place of a unit's low byte among its bytes.
  public var lowByte: Int { self == .utf16BigEndian ? 1 : 0 }

  /// Returns the number of bytes before the text that mark its encoding.
  public func byteOrderMark(of bytes: some Sequence<UInt8>) -> Int {
    switch self {
    case .byte: bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    case .utf16LittleEndian, .utf16BigEndian: 2
    }
  }

  /// Returns the UTF-16 units of `bytes`, without the half of one at their end; the unit is not a
  /// byte.
  public func codeUnits(of bytes: some RandomAccessCollection<UInt8>) -> [UInt16] {
    stride(from: 0, to: bytes.count - 1, by: 2).map { distance in
      let low = bytes[bytes.index(bytes.startIndex, offsetBy: distance + lowByte)]
      let high = bytes[bytes.index(bytes.startIndex, offsetBy: distance + 1 - lowByte)]
      return UInt16(high) << 8 | UInt16(low)
    }
  }

  /// Moves `position` past `bytes`.
  func count(_ bytes: ArraySlice<UInt8>, into position: inout Position) {
    bytes.withUnsafeBufferPointer { bytes in
      switch self {
      case .byte: Self.count(utf8: bytes, into: &position)
      case .utf16LittleEndian: Self.count(utf16: bytes, high: 1, into: &position)
      case .utf16BigEndian: Self.count(utf16: bytes, high: 0, into: &position)
      }
    }
  }

  private static let newline = UInt8(ascii: "\n")

  /// Counts all bytes but those that continue a character.
  private static func count(
    utf8 bytes: UnsafeBufferPointer<UInt8>, into position: inout Position
  ) {
    var start = 0
    while let found = bytes.firstIndex(of: newline, from: start) {
      start = found + 1
      position.line += 1
      position.characters = 0
    }
    var characters = 0
    for byte in bytes[start...] { characters &+= byte & 0xC0 == 0x80 ? 0 : 1 }
    position.characters += characters
  }

  /// Counts the units of UTF-16 that do not end a pair.
  private static func count(
    utf16 bytes: UnsafeBufferPointer<UInt8>, high: Int, into position: inout Position
  ) {
    for index in stride(from: 0, to: bytes.count - 1, by: 2) {
      if bytes[index + 1 - high] == newline, bytes[index + high] == 0 {
        position.line += 1
        position.characters = 0
      } else if bytes[index + high] & 0xFC != 0xDC {
        position.characters += 1
      }
    }
  }
}
