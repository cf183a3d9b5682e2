import ArgumentParser

/// The command.
@main
struct Copra: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "copra",
    abstract: "Turn detection annotations into COCO that every consumer loads.",
    discussion: """
      Reads Pascal VOC, YOLO, CSV, instance masks and COCO. Of every record that \
      cannot be taken over it says where it stands and why.

      EXAMPLES
        copra convert VOCdevkit/VOC2012 -o coco
        copra convert data.yaml -o instances.json
        copra stats instances.json
      """,
    version: Version.text,
    subcommands: [ConvertCommand.self, StatsCommand.self])

  static func main() async {
    Signals.prepare()
    do {
      var command = try parseAsRoot()
      if let verb = command as? any Verb {
        await Ending.exit { try await verb.perform() }
      }
      try command.run()
    } catch {
      Ending.exit(for: error)
    }
  }
}

/// A subcommand, which says how it ended.
protocol Verb: ParsableCommand, Sendable {
  /// Throws what keeps the command from running: a `FileError` or a `CommandFailure`.
  func perform() async throws -> ExitStatus
}

/// The version that `--version` prints.
enum Version {
  static let text = "0.1.0"
}
