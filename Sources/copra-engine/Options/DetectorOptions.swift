import ArgumentParser
import Console
import DetectionModels
import Engine

/// Which detector is trained, and how it is computed.
struct DetectorOptions: ParsableArguments {
  /// Small enough to be learnt within a minute on two cores, without weights of others.
  static let smokeModel = "fasterrcnn_resnet18_fpn"
  static let trainingModel = "fasterrcnn_resnet50_fpn"

  @Option(
    name: .customLong("model"),
    help: ArgumentHelp(
      "A detector; if not given, \(smokeModel) for --smoke and for judging labels, else "
        + "\(trainingModel).",
      valueName: "name"),
    completion: .list(DetectorCatalogue.names))
  var name: String?

  @Option(
    help: ArgumentHelp(
      "Your own detector instead of --model: its parts and options.",
      valueName: "model.yaml"),
    completion: .file(extensions: ["yaml", "yml"]))
  var config: String?

  @Option(
    help: ArgumentHelp(
      "The weights that training starts from: a .safetensors or .pth file, a name in torch's cache, "
        + "or DEFAULT, COCO_V1, IMAGENET1K_V1 …; of the detector, its backbone, or the "
        + "classification network in it.", valueName: "file"),
    completion: .file(extensions: ["safetensors", "pth"]))
  var weights: String?

  @Option(
    help: ArgumentHelp(
      "The number of stages of the backbone to train, counted from the last one.",
      valueName: "number"))
  var trainableBackboneLayers: Int?

  @Option(
    help: ArgumentHelp(
      "Parts that are not trained, by their keys: backbone or backbone.fpn,roi_heads.box_head.",
      valueName: "parts"))
  var freeze: String?

  @Option(
    help: ArgumentHelp("The length of the resized shorter side in pixels.", valueName: "pixels"))
  var minSize: Int?

  @Option(
    help: ArgumentHelp("The maximum length of the longer side in pixels.", valueName: "pixels"))
  var maxSize: Int?

  @Option(help: ArgumentHelp("The seed of all random draws.", valueName: "number"))
  var seed: UInt64 = 0

  @Option(
    help: ArgumentHelp(
      """
      bf16 computes convolutions and matrix products in bfloat16; auto times steps of both and \
      uses the faster one; if not given, auto for --smoke, else fp32.
      """, valueName: "type"))
  var precision: TrainingPrecision?

  @Option(help: ArgumentHelp("The device to compute on: cpu, cuda or cuda:N.", valueName: "device"))
  var device = "cpu"

  func validate() throws {
    if name != nil, config != nil {
      throw ValidationError("expected --model or --config, found both")
    }
    try CountOptions.check(("--min-size", minSize), ("--max-size", maxSize))
  }

  /// Returns what is chosen of the detector.
  ///
  /// - Throws: for a name that none has, and, with the place, for a file that means nothing.
  func settings(smoke: Bool) throws -> DetectorSettings {
    let usual = smoke ? Self.smokeModel : Self.trainingModel
    var detector =
      try config.map { try DetectorChoice(file: $0) } ?? DetectorChoice(named: name ?? usual)
    if let trainableBackboneLayers {
      detector.configuration.trained.backboneLayers = trainableBackboneLayers
    }
    if let freeze {
      detector.configuration.trained.frozen = freeze.split(separator: ",").map(String.init)
    }
    return DetectorSettings(
      detector: detector,
      weights: weights, minSize: minSize, maxSize: maxSize, seed: seed, precision: precision,
      device: device)
  }
}

/// The type in which a detector is trained.
enum TrainingPrecision: String, CaseIterable, ExpressibleByArgument {
  /// The faster of the two.
  case auto
  case fp32, bf16
}
