public import ArgumentParser

/// A subcommand of a program.
public protocol Verb: ParsableCommand, Sendable {
  /// Runs the verb and returns its exit status.
  ///
  /// - Throws: An error that keeps the command from running, with a description for the user, such
  ///   as a `FileError` or a `CommandFailure`.
  func perform() async throws -> ExitStatus
}

/// A verb some of whose options may stand in `copra.yaml`.
public protocol ConfigurableVerb: Verb {
  /// The options that a file can set.
  static var configurable: [ConfigurableOption] { get }
  /// The inputs of the verb; the file nearest to the first is used.
  var inputPaths: [String] { get }
}

/// A program with verbs.
public enum Program {
  /// Runs the verb of the command line, configured for verbs that allow it by the nearest
  /// `copra.yaml`, and ends the program. It must begin on the main thread: threads that exist by
  /// then have signals blocked.
  @MainActor
  public static func run<Root: ParsableCommand>(_ root: Root.Type) async -> Never {
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
        await Ending.exit { try await configured(verb, of: root).perform() }
      }
      try command.run()
      Ending.exit(.clean)
    } catch {
      Ending.exit(for: error, of: root)
    }
  }

  /// Returns the verb, with the values of the nearest `copra.yaml` for options that were not given.
  private static func configured<Root: ParsableCommand>(
    _ verb: any Verb, of root: Root.Type
  ) throws -> any Verb {
    guard let configurable = verb as? any ConfigurableVerb,
      let input = configurable.inputPaths.first,
      let file = try ConfigurationFile.nearest(to: input)
    else { return verb }
    return try configured(verb, of: root, by: file, Array(CommandLine.arguments.dropFirst()))
  }

  /// Returns the verb that `given` calls, with the values of a file for options that were not
  /// given.
  static func configured<Root: ParsableCommand>(
    _ verb: any Verb, of root: Root.Type, by file: ConfigurationFile, _ given: [String]
  ) throws -> any Verb {
    guard let verb = verb as? any ConfigurableVerb else { return verb }
    let arguments = try file.laid(under: given, options: type(of: verb).configurable) {
      do {
        _ = try root.parseAsRoot($0)
      } catch {
        throw CommandFailure(root.message(for: error))
      }
    }
    return try root.parseAsRoot(arguments) as? any Verb ?? verb
  }
}
