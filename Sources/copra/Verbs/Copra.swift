import ArgumentParser
import Console
import Files

/// The command.
@main
struct Copra: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "copra",
    abstract: "Turn detection annotations into COCO that every consumer loads.",
    discussion: """
      Reads Pascal VOC, YOLO, CSV, instance masks and COCO, and reports the place and the \
      reason for every record that cannot be converted. Evaluates detectors with COCO's \
      metrics.

      EXAMPLES
        copra convert VOCdevkit/VOC2012 -o coco
        copra convert data.yaml -o instances.json
        copra validate instances.json
        copra stats instances.json
        copra report instances.json -o report.html
        copra evaluate instances.json results.json
        copra draw instances.json -o drawn
        copra view instances.json
        copra classify resnet50 cat.jpg --weights resnet50-11ad3fa6.pth
      """,
    version: Version.text,
    subcommands: [
      ConvertCommand.self, ValidateCommand.self, StatsCommand.self, ReportCommand.self,
      EvaluateCommand.self, JoinCommand.self, DrawCommand.self, RulesCommand.self,
      ExplainCommand.self, FormatsCommand.self,
    ] + SisterProgram.all.flatMap(\.verbs))

  static func main() async {
    // Before signals are seen to: the other program gets them as they came.
    SisterProgram.takeOver(CommandLine.arguments)
    await Program.run(Copra.self)
  }
}
