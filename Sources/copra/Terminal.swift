import COCO
import Glibc

/// Standard output and standard error.
enum Terminal {
  static var errorIsTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// Whether messages are coloured: on a terminal that can, unless `NO_COLOR` holds anything.
  static var usesColour: Bool {
    errorIsTerminal && environment("NO_COLOR").isEmpty && environment("TERM") != "dumb"
  }

  /// Writes results to standard output. A reader that has gone away has had enough: the rest is
  /// dropped quietly.
  static func print(_ text: String) throws(FileError) {
    ProgressBar.clear()
    let code = write(text, to: STDOUT_FILENO)
    if code != 0, code != EPIPE { throw FileError("write", "standard output", code: code) }
  }

  /// Writes messages to standard error; where that cannot be written to there is nobody to tell.
  static func message(_ text: String, terminator: String = "\n") {
    ProgressBar.clear()
    _ = write(text + terminator, to: STDERR_FILENO)
  }

  /// Writes to the line that the cursor is on.
  static func replaceLine(_ text: String) {
    _ = write("\r\u{1B}[K" + text, to: STDERR_FILENO)
  }

  private static func environment(_ name: String) -> String {
    getenv(name).map { String(cString: $0) } ?? ""
  }

  /// Gives the system's error number, 0 where all was written.
  private static func write(_ text: String, to descriptor: Int32) -> Int32 {
    var text = text
    return text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
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
}
