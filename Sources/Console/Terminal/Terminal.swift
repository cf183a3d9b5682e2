import COCO
public import Files
import Glibc
import Synchronization

/// Standard output and standard error.
public enum Terminal {
  /// Whether messages are dropped, as those of a process that another one speaks for.
  public static var isMuted: Bool {
    get { muted.load(ordering: .relaxed) }
    set { muted.store(newValue, ordering: .relaxed) }
  }
  private static let muted = Atomic(false)

  public static var errorIsTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// Whether messages are coloured: on a terminal that can, unless `NO_COLOR` holds anything.
  public static var usesColour: Bool { errorIsTerminal && showsColour }
  /// Whether results are coloured, likewise.
  public static var outputUsesColour: Bool { isatty(STDOUT_FILENO) == 1 && showsColour }

  private static var showsColour: Bool {
    environment("NO_COLOR").isEmpty && environment("TERM") != "dumb"
  }

  /// Writes results to standard output. A reader that has gone away has had enough: the rest is
  /// dropped quietly.
  public static func print(_ text: String) throws(FileError) {
    try print(Array(text.utf8))
  }

  /// Writes results that are bytes, as above.
  public static func print(_ bytes: [UInt8]) throws(FileError) {
    ProgressBar.clear()
    let code = bytes.withUnsafeBytes { write($0, to: STDOUT_FILENO) }
    if code != 0, code != EPIPE { throw FileError("write", "standard output", code: code) }
  }

  /// Writes messages to standard error; where that cannot be written to there is nobody to tell.
  public static func message(_ text: String, terminator: String = "\n") {
    ProgressBar.clear()
    write(text + terminator)
  }

  /// Writes to the line that the cursor is on.
  public static func replaceLine(_ text: String) {
    write("\r\u{1B}[K" + text)
  }

  /// The variables of the environment.
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

  /// To standard error, as far as that can be written to.
  private static func write(_ text: String) {
    if isMuted { return }
    var text = text
    text.withUTF8 { _ = write(UnsafeRawBufferPointer($0), to: STDERR_FILENO) }
  }

  /// Gives the system's error number, 0 where all was written.
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

/// What keeps a command from running, in words for the user.
public struct CommandFailure: Error, CustomStringConvertible {
  public let description: String

  public init(_ description: String) {
    self.description = description
  }
}
