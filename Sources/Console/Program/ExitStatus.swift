/// How a program ends.
public enum ExitStatus: Int32, Sendable {
  case clean = 0
  /// Findings at or above the failing severity, or rejected records.
  case findings = 1
  /// Usage, unreadable input, full disk.
  case failure = 2
}

/// What keeps a command from running, in words for the user.
public struct CommandFailure: Error, CustomStringConvertible {
  public let description: String

  public init(_ description: String) {
    self.description = description
  }
}
