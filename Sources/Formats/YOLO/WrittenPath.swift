import COCO
import Files
import Glibc

/// A path as a data file or a list gives it, which may be another machine's.
struct WrittenPath: Sendable {
  /// With `/` between its parts, `.` and inner `..` resolved.
  let text: String
  /// Whether it begins at a root, this machine's or a drive of Windows.
  let isAbsolute: Bool
  /// The parts that name something: no drive, no `..`.
  private let parts: [Substring]

  init(_ written: some StringProtocol) {
    let slashed = String(written.map { $0 == "\\" ? "/" : $0 })
    text = Path.normalized(slashed)
    let hasDrive = slashed.dropFirst().first == ":" && slashed.first?.isLetter == true
    isAbsolute = hasDrive || slashed.hasPrefix("/")
    parts = text.split(separator: "/").filter { $0 != ".." && $0 != "." && !$0.hasSuffix(":") }
  }

  /// What it says when taken at its word, from each of `roots`.
  func literal(from roots: [String]) -> [String] {
    if isAbsolute { return [text] }
    return roots.map { Path.normalized(Path.join($0, text)) }
  }

  /// The endings of the path below each of `roots`, the longest first; with `orNone` the roots
  /// themselves come last.
  func endings(below roots: [String], orNone: Bool = false) -> [String] {
    var candidates: [String] = []
    for dropped in 0..<(parts.count + (orNone ? 1 : 0)) {
      let ending = parts[dropped...].joined(separator: "/")
      candidates += roots.map { ending.isEmpty ? $0 : Path.join($0, ending) }
    }
    return candidates
  }

  /// The first of the paths it can mean that exists, and whether it had to be looked for.
  func find(from roots: [String]) -> (path: String, isForeign: Bool)? {
    if let found = literal(from: roots).first(where: Self.exists) { return (found, false) }
    guard let found = endings(below: roots).first(where: Self.exists) else { return nil }
    return (found, isAbsolute)
  }

  static func exists(_ path: String) -> Bool {
    access(path, F_OK) == 0
  }

  static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}
