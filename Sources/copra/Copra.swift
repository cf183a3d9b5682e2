import ArgumentParser

/// The command.
@main
struct Copra: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "copra",
    abstract: "Turns detection annotations into COCO that every consumer loads.",
    discussion: """
      Reads Pascal VOC, YOLO, CSV, instance masks and COCO; says of every record that cannot be \
      taken over where it stands and why.

      EXAMPLES
        copra convert VOCdevkit/VOC2012 -o coco
        copra convert data.yaml -o instances.json
        copra stats instances.json
      """,
    version: Version.text,
    subcommands: [ConvertCommand.self, StatsCommand.self])
}

/// The version that `--version` prints.
enum Version {
  static let text = "0.1.0"
}
