import ArgumentParser
import Console
import DetectionModels
import Engine

/// `copra forward`
struct ForwardCommand: Verb {
  static let configuration = CommandConfiguration(
    commandName: "forward",
    abstract: "Run a model on the tensors in a file.",
    discussion: """
      Reads the tensor "input" of a safetensors file, float32 or float64 of [N, 3, H, W] \
      (for a video model [N, 3, T, H, W]), and writes "output"; everything is computed \
      in the input's type. Use it to compare the model with other implementations.

      With --train the model works as in training, the file also contains all buffers \
      (running statistics) under their keys, and the loss is the mean of \
      output * linspace(-1, 1, numel(output)) over the flat entries of the output; \
      --gradients writes its gradient for every parameter.

      A detector takes "image.0", "image.1" … of [3, H, W] from 0 to 1, and writes \
      "boxes.0", "labels.0", "scores.0" … and, if it finds masks, "masks.0" … of \
      [N, 1, H, W], or, if it finds keypoints, "keypoints.0" … of [N, K, 3] and \
      "keypoints_scores.0" … of [N, K]. With --train it also takes "boxes.0" … ([N, 4]: x0, \
      y0, x1, y1), "labels.0" … (int64), "masks.0" … (uint8 [N, H, W]) and \
      "keypoints.0" … (float32 [N, K, 3]), and writes its losses by their names; the \
      gradients are those of their sum. --config takes a model.yaml that describes a detector; \
      its path is also accepted as the detector's name.

      EXAMPLES
        copra forward resnet18 --weights w.pth --input x.safetensors -o y.safetensors
        copra forward vgg16 --seed 0 --classes 5 --input x.safetensors -o y.safetensors
        copra forward vgg16 --weights w.safetensors --input x.safetensors --train \\
          --dropout 0 -o y.safetensors --gradients g.safetensors
        copra forward retinanet_resnet50_fpn --weights w.pth --input x.safetensors \\
          --min-size 320 --score-thresh 0.01 -o y.safetensors
        copra forward --config model.yaml --set rpn_post_nms_top_n_test=500 \\
          --input x.safetensors -o y.safetensors

      EXIT STATUS
        0  all is well
        2  it could not run: usage, unreadable or truncated input, full disk
      """)

  @Argument(
    help: ArgumentHelp("A model's name, as copra models lists them.", valueName: "model"),
    completion: .list(Self.names))
  var name: String?

  @Option(
    help: ArgumentHelp(
      "Your own detector instead of a name: its parts and options.",
      valueName: "model.yaml"),
    completion: .file(extensions: ["yaml", "yml"]))
  var config: String?

  @OptionGroup var model: ModelOptions

  @Option(
    help: ArgumentHelp(
      "A .safetensors or .pth file, or a published name in torch's cache. Without it the "
        + "weights are drawn from --seed, as torchvision draws them.", valueName: "file"),
    completion: .file(extensions: ["safetensors", "pth"]))
  var weights: String?

  @Option(
    help: ArgumentHelp("The safetensors file with the model's input.", valueName: "file"),
    completion: .file(extensions: ["safetensors"]))
  var input: String

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("The safetensors file to write.", valueName: "file"), completion: .file())
  var output: String

  @Flag(help: "Work as in training.")
  var train = false

  @Option(
    help: ArgumentHelp(
      "The safetensors file for the parameters' gradients; requires --train.", valueName: "file"),
    completion: .file())
  var gradients: String?

  @Option(
    help: ArgumentHelp(
      "The probability of the model's dropout, instead of its own.", valueName: "probability"))
  var dropout: Double?

  @Option(
    help: ArgumentHelp(
      "The number of classes of the model, a detector's background included; that of its weights "
        + "or torchvision's if not given.", valueName: "number"))
  var classes: Int?

  @Option(
    help: ArgumentHelp(
      "The length of a detector's resized shorter side in pixels.", valueName: "pixels"))
  var minSize: Int?

  @Option(
    help: ArgumentHelp(
      "The maximum length of a detector's longer side in pixels.", valueName: "pixels"))
  var maxSize: Int?

  @OptionGroup(title: "Detector options") var configuration: ConfigurationOptions

  @Option(
    help: ArgumentHelp(
      "The seed of random numbers: of the weights, and again of dropout.", valueName: "number"))
  var seed: UInt64 = 0

  @Flag(help: "Replace an output that exists.")
  var force = false

  func validate() throws {
    if (name == nil) == (config == nil) {
      throw ValidationError(
        name == nil
          ? "expected a model's name or --config, found neither"
          : "expected a model's name or --config, found both")
    }
    if ([input, output] + [weights, gradients].compactMap { $0 }).contains("") {
      throw ValidationError("a path is empty; expected a file")
    }
    if gradients != nil, !train { throw ValidationError("--gradients requires --train") }
    if let dropout, !(0...1).contains(dropout) {
      throw ValidationError("--dropout takes a probability from 0 to 1, found \(dropout)")
    }
    try CountOptions.check(
      ("--classes", classes), ("--min-size", minSize), ("--max-size", maxSize))
  }

  private static let names = ModelZoo.all.map(\.name) + DetectorCatalogue.names

  func perform() async throws -> ExitStatus {
    let settings = settings
    let changes = configuration.all
    guard let detector = try detector() else {
      if minSize != nil || maxSize != nil {
        throw CommandFailure("--min-size and --max-size require a detector")
      }
      if let change = changes.first {
        throw CommandFailure("\(change.option) requires a detector")
      }
      return try ForwardRun(
        settings: settings, zooModel: ZooModel(named: name ?? "", among: Self.names)
      ).run()
    }
    if dropout != nil { throw CommandFailure("--dropout requires a classification model") }
    return try DetectorForwardRun(settings: settings, detector: detector.laying(changes)).run()
  }

  /// The detector that is asked for; nil where it is a classification model, or none.
  private func detector() throws -> DetectorChoice? {
    if let config { return try DetectorChoice(file: config) }
    guard let name, DetectorChoice.isFile(name) || DetectorCatalogue.names.contains(name) else {
      return nil
    }
    return try DetectorChoice(name)
  }

  private var settings: ForwardSettings {
    ForwardSettings(
      compute: model.settings, weights: weights, input: input, output: output, trains: train,
      gradients: gradients, dropout: dropout, numClasses: classes, minSize: minSize,
      maxSize: maxSize, seed: seed, replaces: force)
  }
}
