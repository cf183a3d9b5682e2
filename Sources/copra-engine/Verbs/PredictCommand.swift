import ArgumentParser
import Console
import DetectionModels
import Engine
import Files
import Torch

/// `copra predict`: what a detector finds on pictures, as COCO results.
struct PredictCommand: Verb {
  static let configuration = CommandConfiguration(
    commandName: "predict",
    abstract: "Find objects on pictures with a trained detector.",
    usage: "copra predict <model> <image> ... --weights <file> [<options>]",
    discussion: """
      Writes COCO results, each with its file_name. Image and category ids are those of \
      --annotations; without it images count from 1 in the order given, and category ids are those \
      that copra train wrote with the weights, which may be its FILE.checkpoint. Keypoints are x, y \
      and 1 of each in turn, as torchvision's evaluation has them.

      EXAMPLES
        copra predict fasterrcnn_resnet50_fpn beach.jpg --weights w.safetensors -o results.json
        copra predict model.yaml val --weights w.safetensors --draw drawn

      EXIT STATUS
        0  all is well
        1  pictures could not be read
        2  it could not run: usage, unreadable weights
      """)

  @Argument(
    help: ArgumentHelp(
      "A detector's name, as copra models lists them, or the model.yaml that describes it.",
      valueName: "model"),
    completion: .list(DetectorCatalogue.names))
  var name: String

  @Argument(
    help: ArgumentHelp("Pictures or folders of them.", valueName: "image"),
    completion: .file())
  var pictures: [String]

  @Option(
    help: ArgumentHelp(
      "A .safetensors or .pth file, or a published name in torch's cache.", valueName: "file"),
    completion: .file(extensions: ["safetensors", "pth"]))
  var weights: String

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Where the results go; standard output if not given.", valueName: "file.json"))
  var output: String?

  @Option(
    help: ArgumentHelp(
      "A COCO file that the pictures and categories have their ids from.", valueName: "file.json"))
  var annotations: String?

  @Option(
    help: ArgumentHelp(
      "Where pictures with the boxes and keypoints drawn go; which colour is what is said for each.",
      valueName: "folder"))
  var draw: String?

  @Option(help: ArgumentHelp("The least score of a box that is drawn.", valueName: "score"))
  var drawScore = 0.5

  @Option(
    help: ArgumentHelp(
      "What the shorter side becomes, pixels; as in training if not given.", valueName: "pixels"))
  var minSize: Int?

  @Option(
    help: ArgumentHelp(
      "What the longer side is at most, pixels; as in training if not given.",
      valueName: "pixels"))
  var maxSize: Int?

  @Option(help: ArgumentHelp("How many threads work; all cores if not given.", valueName: "number"))
  var threads: Int?

  @Flag(help: "Replace files that exist.")
  var force = false

  func validate() throws {
    try CountOptions.check(
      ("--threads", threads), ("--min-size", minSize), ("--max-size", maxSize))
  }

  func perform() async throws -> ExitStatus {
    try OverwriteGuard(replaces: force).check([output].compactMap { $0 }, inputs: pictures)
    Runtime.prepare(threads: threads)
    let paths = try PicturePaths.expanded(pictures)
    return try await PredictionRun(
      settings: PredictionSettings(
        detector: DetectorChoice(name), weights: weights, pictures: paths,
        annotations: annotations, output: output, draw: draw, drawScore: drawScore,
        minSize: minSize, maxSize: maxSize)
    ).run()
  }
}
