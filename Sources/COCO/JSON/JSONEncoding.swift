/// The encoding of a JSON text by its first bytes: a byte order mark, or the zeros beside the first
/// characters, which are ASCII in JSON (RFC 4627, section 3).
public enum JSONEncoding: String, Sendable {
  case utf8 = "UTF-8"
  case utf16LittleEndian = "UTF-16, little-endian"
  case utf16BigEndian = "UTF-16, big-endian"
  case utf32LittleEndian = "UTF-32, little-endian"
  case utf32BigEndian = "UTF-32, big-endian"
  case binary = "binary data"

  /// Detects the encoding of a text; nil if there are no bytes.
  ///
  /// - Parameter start: The first four bytes, or all if there are fewer.
  public init?(_ start: some Collection<UInt8>) {
    let bytes = Array(start.prefix(4))
    guard let first = bytes.first else { return nil }
    switch bytes {
    case [0xFF, 0xFE, 0, 0]: self = .utf32LittleEndian
    case [0, 0, 0xFE, 0xFF]: self = .utf32BigEndian
    case _ where bytes.starts(with: [0xFF, 0xFE]): self = .utf16LittleEndian
    case _ where bytes.starts(with: [0xFE, 0xFF]): self = .utf16BigEndian
    default:
      switch bytes.map({ $0 == 0 }) {
      case [false, true, true, true]: self = .utf32LittleEndian
      case [true, true, true, false]: self = .utf32BigEndian
      case [false, true], [false, true, false, true], [false, true, true, false],
        [false, true, false, false]:
        self = .utf16LittleEndian
      case [true, false], [true, false, true, false], [true, false, false, true],
        [true, false, false, false]:
        self = .utf16BigEndian
      default: self = first == 0 || bytes.contains(0) ? .binary : .utf8
      }
    }
  }
}
