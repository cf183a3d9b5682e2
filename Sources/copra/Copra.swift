import ArgumentParser

/// The command.
@main
struct Copra: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "copra",
    abstract: "Turn detection annotations into COCO that every consumer loads.",
    discussion: """
      Reads Pascal VOC, YOLO, CSV, instance masks and COCO. Of every record that \
      cannot be taken over it says where it stands and why. Evaluates detectors with \
      COCO's metrics.

      EXAMPLES
        copra convert VOCdevkit/VOC2012 -o coco
        copra convert data.yaml -o instances.json
        copra validate instances.json
        copra stats instances.json
        copra evaluate instances.json results.json
      """,
    version: Version.text,
    subcommands: [
      ConvertCommand.self, ValidateCommand.self, StatsCommand.self, EvaluateCommand.self,
      RulesCommand.self, ExplainCommand.self,
    ])

  static func main() async {
    Signals.prepare()
    do {
      var command = try parseAsRoot()
      if let verb = command as? any Verb {
        await Ending.exit { try await configured(verb).perform() }
      }
      try command.run()
    } catch {
      Ending.exit(for: error)
    }
  }
}

extension Copra {
  /// The verb with what the nearest `copra.yaml` says of options that were not given.
  private static func configured(_ verb: any Verb) throws -> any Verb {
    guard let input = verb.inputPaths.first,
      let file = try ConfigurationFile.nearest(to: input)
    else { return verb }
    let given = Array(CommandLine.arguments.dropFirst())
    let arguments = try file.laid(under: given, keys: type(of: verb).configurableKeys) {
      do {
        _ = try parseAsRoot($0)
      } catch {
        throw CommandFailure(message(for: error))
      }
    }
    return try parseAsRoot(arguments) as? any Verb ?? verb
  }
}

/// A subcommand, which says how it ended.
protocol Verb: ParsableCommand, Sendable {
  /// The options that may stand in `copra.yaml`.
  static var configurableKeys: Set<String> { get }
  /// What the verb reads.
  var inputPaths: [String] { get }
  /// Throws what keeps the command from running: a `FileError` or a `CommandFailure`.
  func perform() async throws -> ExitStatus
}

/// The version that `--version` prints.
enum Version {
  static let text = "0.1.0"
}
