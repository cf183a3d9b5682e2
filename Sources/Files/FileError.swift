import Glibc

/// What the world refused: a file that cannot be opened, read, written or renamed.
public struct FileError: Error, Sendable, Equatable, CustomStringConvertible {
  public var path: String
  /// What was tried: `open`, `read`, `write` …
  public var operation: String
  /// The system's error number.
  public var code: Int32

  /// What was refused, with the system's error number.
  public init(_ operation: String, _ path: String, code: Int32) {
    self.operation = operation
    self.path = path
    self.code = code
  }

  /// What the system has just refused.
  public init(_ operation: String, _ path: String) {
    self.init(operation, path, code: errno)
  }

  /// `path: cannot open: no such file or directory`
  public var description: String {
    "\(path): cannot \(operation): \(Self.reason(code))"
  }

  /// The system's words for an error number, as in `no space left on device`.
  public static func reason(_ code: Int32) -> String {
    let words = String(cString: strerror(code))
    return words.prefix(1).lowercased() + words.dropFirst()
  }
}
