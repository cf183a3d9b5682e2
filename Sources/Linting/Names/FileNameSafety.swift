import COCO

/// Whether a file name stays in its folder.
enum FileNameSafety {
  /// The reason why a name is not safe.
  enum Problem {
    case empty
    case absolute(String)
    case climbing(String)
    case control(UInt8, String)

    var message: String {
      switch self {
      case .empty: "expected a file name, found none"
      case .absolute(let name):
        "expected a path relative to the folder of images, found the absolute \"\(name)\""
      case .climbing(let name): "expected a path without \"..\", found \"\(name)\""
      case .control(let byte, let name):
        "expected no control characters, found byte \(byte) in \"\(name.withoutControls)\""
      }
    }
  }

  private static let slash = UInt8(ascii: "/")
  private static let backslash = UInt8(ascii: "\\")

  /// Returns the problem with a name; nil if it is safe.
  static func problem(with name: String) -> Problem? {
    var name = name
    return name.withUTF8 { bytes in
      guard let first = bytes.first else { return .empty }
      let text = { String(decoding: bytes, as: UTF8.self) }
      if first == slash || first == backslash || hasDrive(bytes) { return .absolute(text()) }
      // Dots since the last separator; -1 once anything else stood there.
      var dots = 0
      for index in bytes.indices {
        let byte = bytes[index]
        if isControl(byte, before: index + 1 < bytes.count ? bytes[index + 1] : 0) {
          return .control(byte, text())
        }
        if byte == slash || byte == backslash {
          if dots == 2 { return .climbing(text()) }
          dots = 0
        } else if byte == UInt8(ascii: "."), dots >= 0 {
          dots += 1
        } else {
          dots = -1
        }
      }
      return dots == 2 ? .climbing(text()) : nil
    }
  }

  private static func hasDrive(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard bytes.count > 1, bytes[1] == UInt8(ascii: ":") else { return false }
    return (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(bytes[0] | 0x20)
  }

  /// Returns whether a byte is one of ASCII's control characters or, in UTF-8, of those from 128 to
  /// 159.
  private static func isControl(_ byte: UInt8, before next: UInt8) -> Bool {
    byte < 0x20 || byte == 0x7F || (byte == 0xC2 && next & 0xE0 == 0x80)
  }
}

extension String {
  /// The text with a mark in place of each control character, for a terminal.
  fileprivate var withoutControls: String {
    String(
      String.UnicodeScalarView(
        unicodeScalars.map { $0.properties.generalCategory == .control ? "\u{FFFD}" : $0 }))
  }
}
