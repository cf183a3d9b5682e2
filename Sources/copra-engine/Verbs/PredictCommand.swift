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
    abstract: "Detect objects in images with a trained detector.",
    usage: """
      copra predict <model> <image> ... --weights <file> [<options>]
      copra predict --config <model.yaml> <image> ... --weights <file> [<options>]
      """,
    discussion: """
      Writes COCO results, each with its file_name. Image and category ids are those of \
      --annotations; without it images are numbered from 1 in the order given, and category ids are \
      those that copra train wrote with the weights, which may be its FILE.checkpoint. Keypoints are \
      written as x, y, 1 each, as in torchvision's evaluation.

      EXAMPLES
        copra predict fasterrcnn_resnet50_fpn beach.jpg --weights w.safetensors -o results.json
        copra predict --config model.yaml val --weights w.safetensors --draw drawn
        copra predict retinanet_resnet50_fpn val --weights w.pth --score-thresh 0.3 --device cuda

      EXIT STATUS
        0  all is well
        1  images could not be read
        2  it could not run: usage, unreadable weights
      """)

  @Argument(
    help: ArgumentHelp(
      "A detector's name, as copra models lists them, or the model.yaml that describes it; not "
        + "with --config.",
      valueName: "model"),
    completion: .list(DetectorCatalogue.names))
  var name: String

  @Argument(
    help: ArgumentHelp("Images or folders of images.", valueName: "image"),
    completion: .file())
  var pictures: [String] = []

  @Option(
    help: ArgumentHelp(
      "Your own detector instead of a name: its parts and options.",
      valueName: "model.yaml"),
    completion: .file(extensions: ["yaml", "yml"]))
  var config: String?

  @Option(
    help: ArgumentHelp(
      "A .safetensors or .pth file, or a published name in torch's cache.", valueName: "file"),
    completion: .file(extensions: ["safetensors", "pth"]))
  var weights: String

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "The file that the results are written to; standard output if not given.",
      valueName: "file.json"))
  var output: String?

  @Option(
    help: ArgumentHelp(
      "A COCO file that gives the ids of images and categories.", valueName: "file.json"))
  var annotations: String?

  @Option(
    help: ArgumentHelp(
      "A folder for images with the boxes and keypoints drawn, each with its name and score.",
      valueName: "folder"))
  var draw: String?

  @Option(help: ArgumentHelp("The lowest score of a box that is drawn.", valueName: "score"))
  var drawScore = 0.5

  @Option(
    help: ArgumentHelp(
      "The length of the resized shorter side in pixels; as in training if not given.",
      valueName: "pixels"))
  var minSize: Int?

  @Option(
    help: ArgumentHelp(
      "The maximum length of the longer side in pixels; as in training if not given.",
      valueName: "pixels"))
  var maxSize: Int?

  @OptionGroup(title: "Detector options") var configuration: ConfigurationOptions
  @OptionGroup var model: ModelOptions

  @Flag(help: "Replace files that exist.")
  var force = false

  func validate() throws {
    try CountOptions.check(("--min-size", minSize), ("--max-size", maxSize))
    if images.isEmpty { throw ValidationError("expected images, found none") }
  }

  /// With --config the first word is a picture too.
  private var images: [String] { config == nil ? pictures : [name] + pictures }

  func perform() async throws -> ExitStatus {
    try OverwriteGuard(replaces: force).check([output].compactMap { $0 }, inputs: images)
    let detector = try config.map { try DetectorChoice(file: $0) } ?? DetectorChoice(name)
    let paths = try PicturePaths.expanded(images)
    return try await PredictionRun(
      settings: PredictionSettings(
        detector: detector.laying(configuration.all), compute: model.settings, weights: weights,
        pictures: paths, setsInputSize: configuration.setsInputSize,
        annotations: annotations, output: output, draw: draw, drawScore: drawScore,
        minSize: minSize, maxSize: maxSize)
    ).run()
  }
}
