import Files

/// A path as data give it: another machine's, an address on the web, or quoted for one.
struct WrittenPath: Sendable {
  /// The path with `/` between its parts, `.` and inner `..` resolved; an address is without the
  /// host and the part after a question mark.
  let text: String
  /// Whether the path begins at a root: this machine's, a drive of Windows, or an address.
  let isAbsolute: Bool
  /// Whether the path is an address on the web or of a store, such as `https://…` and `gs://…`.
  let isAddress: Bool
  /// The parts that name something: no drive, no `..`.
  private let parts: [Substring]

  init(_ written: some StringProtocol) {
    let slashed = String(written.map { $0 == "\\" ? "/" : $0 })
    let address = Self.address(slashed)
    isAddress = address.map { $0.scheme != "file" } ?? false
    let path = address?.path ?? slashed
    text = Path.normalized(path)
    let hasDrive = path.dropFirst().first == ":" && path.first?.isLetter == true
    isAbsolute = hasDrive || path.hasPrefix("/")
    parts = text.split(separator: "/").filter { $0 != ".." && $0 != "." && !$0.hasSuffix(":") }
  }

  /// Returns whether a name is no more than a relative path with slashes.
  static func isPlain(_ name: String) -> Bool {
    let bytes = name.utf8
    return bytes.first != UInt8(ascii: "/") && !bytes.contains(UInt8(ascii: "\\"))
      && !bytes.contains(UInt8(ascii: ":"))
  }

  private static func address(_ text: String) -> (scheme: String, path: String)? {
    guard let mark = text.firstRange(ofBytes: "://") else { return nil }
    let scheme = text[..<mark.lowerBound].lowercased()
    guard !scheme.isEmpty, scheme.allSatisfy({ $0.isLetter || $0.isNumber }) else { return nil }
    let rest = text[mark.upperBound...]
    if scheme == "file" {
      let isLocal = rest.hasPrefix("localhost/")
      return (scheme, String(isLocal ? rest.dropFirst("localhost".count) : rest))
    }
    let path = rest.prefix { $0 != "?" && $0 != "#" }
    // Label Studio names local files so.
    if let query = rest.firstRange(ofBytes: "?d=") {
      return (scheme, "/" + rest[query.upperBound...].prefix { $0 != "&" })
    }
    return (scheme, "/" + path.drop { $0 != "/" }.drop { $0 == "/" })
  }

  /// Returns the paths that it gives, taken literally, from each of `roots`.
  func literal(from roots: [String]) -> [String] {
    if isAbsolute { return [text] }
    return roots.map { Path.normalized(Path.join($0, text)) }
  }

  /// The path without its root and what remains of it without its first parts, longest first.
  var endings: [String] {
    parts.indices.map { parts[$0...].joined(separator: "/") }
  }

  /// Returns the endings of the path below each of `roots`, the longest first; with `orNone` the
  /// roots themselves come last.
  func endings(below roots: [String], orNone: Bool = false) -> [String] {
    let below = endings.flatMap { ending in roots.map { Path.join($0, ending) } }
    return orNone ? below + roots : below
  }

  /// Returns the first of the paths it can mean that exists, and whether it had to be looked for.
  func find(from roots: [String]) -> (path: String, isForeign: Bool)? {
    if let found = literal(from: roots).first(where: Self.exists) { return (found, false) }
    guard let found = endings(below: roots).first(where: Self.exists) else { return nil }
    return (found, isAbsolute)
  }

  private static func exists(_ path: String) -> Bool {
    FileStatus(path) != nil
  }
}
