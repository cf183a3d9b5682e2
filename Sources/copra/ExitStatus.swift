/// How the program ends.
enum ExitStatus: Int32 {
  case clean = 0
  /// Findings at or above the failing severity, or rejected records.
  case findings = 1
  /// Usage, unreadable input, full disk.
  case failure = 2
}

/// What keeps a command from running, in words for the user.
struct CommandFailure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) {
    self.description = description
  }
}
