public import ArgumentParser

/// A subcommand, which says how it ended.
public protocol Verb: ParsableCommand, Sendable {
  /// Throws what keeps the command from running: an error whose description is in words for the
  /// user, such as a `FileError` or a `CommandFailure`.
  func perform() async throws -> ExitStatus
}

/// A program with verbs.
public enum Program {
  /// Reads the command line, does what it says and ends the program. Begins on the main thread:
  /// others that are there by then have signals blocked.
  ///
  /// - Parameter configured: the verb with what is set for it elsewhere than on the command line.
  @MainActor
  public static func run<Root: ParsableCommand>(
    _ root: Root.Type,
    configured: @Sendable @escaping (any Verb) throws -> any Verb = { $0 }
  ) async -> Never {
    Signals.prepare()
    do {
      // Answered before the parser looks at every option of every verb, which is most of the time
      // that this takes.
      if CommandLine.arguments.dropFirst() == ["--version"] {
        try Terminal.print(root.configuration.version + "\n")
        Ending.exit(.clean)
      }
      var command = try root.parseAsRoot()
      if let verb = command as? any Verb {
        await Ending.exit { try await configured(verb).perform() }
      }
      try command.run()
      Ending.exit(.clean)
    } catch {
      Ending.exit(for: error, of: root)
    }
  }
}
