import COCO
public import Files
import Glibc
import Synchronization

/// The standard output and standard error.
public enum Terminal {
  /// Whether messages are dropped, as in a process that another one reports for.
  public static var isMuted: Bool {
    get { muted.load(ordering: .relaxed) }
    set { muted.store(newValue, ordering: .relaxed) }
  }
  private static let muted = Atomic(false)

  /// Whether standard error is a terminal.
  public static var errorIsTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// Whether messages are coloured: on a terminal that can show colours, unless `NO_COLOR` is set.
  public static var usesColour: Bool { errorIsTerminal && showsColour }
  /// Whether results are coloured, by the same conditions for standard output.
  public static var outputUsesColour: Bool { isatty(STDOUT_FILENO) == 1 && showsColour }

  private static var showsColour: Bool {
    environment("NO_COLOR").isEmpty && environment("TERM") != "dumb"
  }

  /// Writes results to standard output. If the reader has closed the pipe, the rest is dropped
  /// silently.
  public static func print(_ text: String) throws(FileError) {
    try print(Array(text.utf8))
  }

  /// Writes results as bytes, as above.
  public static func print(_ bytes: [UInt8]) throws(FileError) {
    ProgressBar.clear()
    let code = bytes.withUnsafeBytes { write($0, to: STDOUT_FILENO) }
    if code != 0, code != EPIPE { throw FileError("write", "standard output", code: code) }
  }

  /// Writes a message to standard error, and ignores failures, which cannot be reported.
  public static func message(_ text: String, terminator: String = "\n") {
    ProgressBar.clear()
    write(text + terminator)
  }

  /// Writes to the line of the cursor.
  public static func replaceLine(_ text: String) {
    write("\r\u{1B}[K" + text)
  }

  /// The environment variables.
  public static var environment: [String: String] {
    var variables: [String: String] = [:]
    var next = environ
    while let entry = next.pointee {
      let text = String(cString: entry)
      if let equals = text.firstIndex(of: "=") {
        variables[String(text[..<equals])] = String(text[text.index(after: equals)...])
      }
      next += 1
    }
    return variables
  }

  private static func environment(_ name: String) -> String {
    getenv(name).map { String(cString: $0) } ?? ""
  }

  /// Writes to standard error, as far as possible.
  private static func write(_ text: String) {
    if isMuted { return }
    var text = text
    text.withUTF8 { _ = write(UnsafeRawBufferPointer($0), to: STDERR_FILENO) }
  }

  /// Writes bytes and returns the system's error number, 0 if all were written.
  private static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Int32 {
    var rest = bytes
    while !rest.isEmpty {
      let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
      if count >= 0 {
        rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
      } else if errno != EINTR {
        return errno
      }
    }
    return 0
  }
}

/// A failure that keeps a command from running.
public struct CommandFailure: Error, CustomStringConvertible {
  /// The failure as a message for the user.
  public let description: String

  /// Creates a failure with a message.
  public init(_ description: String) {
    self.description = description
  }
}
