import ArgumentParser
import Console
import Files

/// The part of copra that serves pages to a browser. `copra` turns into it for this verb, so that help
/// and messages speak of `copra`.
@main
struct CopraView: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "copra",
    abstract: "View a dataset in the browser.",
    discussion: """
      The verb of copra that serves pages. copra calls this program, copra-view, which \
      lies beside it.

      EXAMPLES
        copra view VOCdevkit/VOC2012
      """,
    version: Version.text,
    subcommands: [ViewCommand.self])

  static func main() async {
    await Program.run(CopraView.self)
  }
}
