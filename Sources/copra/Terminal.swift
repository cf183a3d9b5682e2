import COCO
import Glibc

/// Standard output and standard error.
enum Terminal {
  static var errorIsTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  static var usesColour: Bool {
    errorIsTerminal && getenv("NO_COLOR").map { $0.pointee == 0 } ?? true
  }

  /// Writes results to standard output. A reader that has gone away ends the program quietly.
  static func print(_ text: String) throws {
    try write(text, to: STDOUT_FILENO)
  }

  /// Writes messages to standard error.
  static func message(_ text: String, terminator: String = "\n") {
    ProgressBar.clear()
    try? write(text + terminator, to: STDERR_FILENO)
  }

  /// Writes to the line that the cursor is on.
  static func replaceLine(_ text: String) {
    try? write("\r\u{1B}[K" + text, to: STDERR_FILENO)
  }

  private static func write(_ text: String, to descriptor: Int32) throws {
    var text = text
    let failure: FileError? = text.withUTF8 { bytes in
      var done = 0
      while done < bytes.count {
        let count = Glibc.write(descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done)
        if count >= 0 {
          done += count
        } else if errno == EPIPE {
          exit(0)
        } else if errno != EINTR {
          return FileError("write", "standard output")
        }
      }
      return nil
    }
    if let failure { throw failure }
  }
}
