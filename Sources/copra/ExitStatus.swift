import ArgumentParser

/// How the program ends.
enum ExitStatus {
  /// Findings at or above the failing severity, or rejected records.
  static let findings = ExitCode(1)
  /// Usage, unreadable input, full disk.
  static let failure = ExitCode(2)
}

/// What keeps a command from running, in words for the user.
struct CommandFailure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) {
    self.description = description
  }
}
