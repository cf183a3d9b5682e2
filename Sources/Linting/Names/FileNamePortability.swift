/// Whether a relative path can be a file on every usual system.
///
/// Source: "Naming Files, Paths, and Namespaces" in the documentation of the Windows API.
enum FileNamePortability {
  private static let longest = 255
  private static let devices: Set<String> = {
    let numbered = (1...9).flatMap { ["com\($0)", "lpt\($0)"] }
    return Set(["con", "prn", "aux", "nul"] + numbered)
  }()

  /// Describes the problem with a path; returns nil if there is none.
  static func problem(with path: String) -> String? {
    var path = path
    return path.withUTF8 { bytes in
      if let character = bytes.first(where: isRefused) {
        return "Windows refuses the character \(Character(Unicode.Scalar(character)))"
      }
      var start = 0
      for end in 0...bytes.count where end == bytes.count || bytes[end] == UInt8(ascii: "/") {
        if let problem = problem(withName: bytes[start..<end]) { return problem }
        start = end + 1
      }
      return nil
    }
  }

  private static func problem(withName name: Slice<UnsafeBufferPointer<UInt8>>) -> String? {
    guard let last = name.last else { return nil }
    if name.count > longest { return "expected at most \(longest) bytes, found \(name.count)" }
    let isHere = name.count == 1 && last == UInt8(ascii: ".")
    if !isHere, last == UInt8(ascii: ".") || last == UInt8(ascii: " ") {
      return "Windows drops the \(last == UInt8(ascii: " ") ? "blank" : "dot") at the end of a name"
    }
    let stem = name.prefix { $0 != UInt8(ascii: ".") }
    guard stem.count == 3 || stem.count == 4 else { return nil }
    let word = String(decoding: stem, as: UTF8.self).lowercased()
    return devices.contains(word) ? "Windows keeps the name \(word) for a device" : nil
  }

  private static func isRefused(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: ":"), UInt8(ascii: "\""),
      UInt8(ascii: "|"), UInt8(ascii: "?"), UInt8(ascii: "*"), UInt8(ascii: "\\"):
      true
    default: false
    }
  }
}
