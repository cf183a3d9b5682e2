import ArgumentParser
import Console

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
        copra classify resnet50 cat.jpg --weights resnet50-11ad3fa6.pth
      """,
    version: Version.text,
    subcommands: [
      ConvertCommand.self, ValidateCommand.self, StatsCommand.self, EvaluateCommand.self,
      RulesCommand.self, ExplainCommand.self,
    ] + EngineProgram.verbs)

  static func main() async {
    // Before signals are seen to: the engine gets them as they came.
    EngineProgram.takeOver(CommandLine.arguments)
    await Program.run(Copra.self, configured: configured)
  }
}

extension Copra {
  /// The verb with what the nearest `copra.yaml` says of options that were not given.
  @Sendable private static func configured(_ verb: any Verb) throws -> any Verb {
    guard let verb = verb as? any ConfigurableVerb, let input = verb.inputPaths.first,
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

/// A verb some of whose options may stand in `copra.yaml`.
protocol ConfigurableVerb: Verb {
  /// Those options.
  static var configurableKeys: Set<String> { get }
  /// What the verb reads.
  var inputPaths: [String] { get }
}
