public import ArgumentParser
import COCO
public import Exporting
import Importing

/// `copra convert`
struct ConvertCommand: AsyncParsableCommand {
  /// What becomes of records that COCO cannot hold.
  enum ErrorPolicy: String, ExpressibleByArgument, CaseIterable {
    case quarantine, stop, fix
  }

  static let configuration = CommandConfiguration(
    commandName: "convert",
    abstract: "Convert annotations to COCO, or from any format to any other.",
    discussion: """
      Nothing is lost silently: records that cannot be taken over go to OUTPUT.rejected.jsonl with \
      the reason and the place, and a ledger is printed that adds up.

      EXAMPLES
        copra convert VOCdevkit/VOC2012 -o coco            one file for each split, in a folder
        copra convert data.yaml -o instances.json          all splits in one file
        copra convert boxes.csv -o out.json --images pictures --categories cat,dog
        copra convert instances.json --to yolo -o yolo     from COCO to YOLO

      EXIT STATUS
        0 all is well, 1 errors were found or records rejected, 2 could not run
      """)

  @OptionGroup var input: InputOptions

  @Option(name: [.short, .long], help: "A .json file, or a folder.", completion: .file())
  var output: String

  @Option(help: "The output's format: \(Exporters.all.map { $0.name }.joined(separator: ", ")).")
  var to = "coco"

  @Option(help: "What YOLO rows hold: box, polygon.")
  var yoloRows = ExportOptions.YOLORows.box

  @Option(
    help: "Records that COCO cannot hold: quarantine, stop (write nothing), fix (what is safe).")
  var onError = ErrorPolicy.quarantine

  @Flag(help: "Replace an output that exists.")
  var force = false

  @Flag(name: .customLong("no-verify"), help: "Do not read the output back.")
  var skipsVerification = false

  func validate() throws {
    guard Exporters.all.contains(where: { $0.name == to }) else {
      let names = Exporters.all.map { $0.name }.joined(separator: ", ")
      throw ValidationError("--to takes \(names); found \(to)")
    }
  }

  func run() async throws {
    await Ending.exit { try await Conversion(command: self).run() }
  }
}

extension ExportOptions.YOLORows: ExpressibleByArgument {}
