import Files

/// A name without what tools change when they copy it: letter case, quoting for addresses, what
/// cannot be seen, and the prefix that an upload adds.
enum LooseName {
  /// Returns the key that names share if they differ only in letter case, percent signs and
  /// invisible ends.
  static func key(_ name: String) -> String {
    let isQuoted = name.utf8.contains(UInt8(ascii: "%"))
    return (isQuoted ? percentDecoded(name) : name).withoutInvisibleEnds.lowercased()
  }

  /// Returns the name without the eight hexadecimal digits and the hyphen that Label Studio puts
  /// before it; nil if it has none.
  static func withoutUploadPrefix(_ name: String) -> String? {
    let bytes = name.utf8
    guard bytes.count > 9, bytes.dropFirst(8).first == UInt8(ascii: "-"),
      bytes.prefix(8).allSatisfy({ hexadecimal($0) != nil })
    else { return nil }
    return String(name.dropFirst(9))
  }

  /// Returns the text with each `%` and two hexadecimal digits as the byte they stand for;
  /// unchanged if the result is no text.
  static func percentDecoded(_ text: String) -> String {
    let bytes = Array(text.utf8)
    var decoded: [UInt8] = []
    decoded.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
        let high = hexadecimal(bytes[index + 1]), let low = hexadecimal(bytes[index + 2])
      {
        decoded.append(high << 4 | low)
        index += 3
      } else {
        decoded.append(bytes[index])
        index += 1
      }
    }
    return String(validating: decoded, as: UTF8.self) ?? text
  }

  private static func hexadecimal(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
