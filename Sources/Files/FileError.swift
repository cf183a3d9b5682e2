import Glibc

/// A refusal of the system: a file that cannot be opened, read, written or renamed.
public struct FileError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The file or folder.
  public var path: String
  /// The operation that failed: `open`, `read`, `write` …
  public var operation: String
  /// The system's error number.
  public var code: Int32

  /// Creates the error of an operation that the system refused with this error number.
  public init(_ operation: String, _ path: String, code: Int32) {
    self.operation = operation
    self.path = path
    self.code = code
  }

  /// Creates the error of the operation that the system has just refused.
  public init(_ operation: String, _ path: String) {
    self.init(operation, path, code: errno)
  }

  /// The problem without the path: `cannot open: no such file or directory`.
  public var problem: String { "cannot \(operation): \(Self.reason(code))" }

  /// The error as a message: `path: cannot open: no such file or directory`.
  public var description: String { "\(path): \(problem)" }

  /// Whether a repetition may succeed: the disk, the network or other programs caused the failure.
  /// A full disk is not among these causes, since somebody has to make room.
  public var mayPass: Bool { Self.passing.contains(code) }

  private static let passing: Set<Int32> = [
    EIO, EAGAIN, EBUSY, ENOMEM, ENOBUFS, EMFILE, ENFILE, ENOLCK, ESTALE, EREMOTEIO, ETIMEDOUT,
    ENETDOWN, ENETUNREACH, ENETRESET, EHOSTDOWN, EHOSTUNREACH, ECONNREFUSED, ECONNRESET,
  ]

  /// Returns the system's words for an error number, as in `no space left on device`.
  public static func reason(_ code: Int32) -> String {
    let words = String(cString: strerror(code))
    return words.prefix(1).lowercased() + words.dropFirst()
  }
}
