import ArgumentParser
import Console
import Engine
import Torch

/// Which detector runs, and how it is computed.
struct DetectorOptions: ParsableArguments {
  /// Small enough to be learnt within a minute on two cores, without weights of others.
  static let smokeModel = "fasterrcnn_resnet18_fpn"
  static let trainingModel = "fasterrcnn_resnet50_fpn"

  @Option(
    name: .customLong("model"),
    help: ArgumentHelp(
      "A detector; \(smokeModel) for --smoke, else \(trainingModel), if not given.",
      valueName: "name"),
    completion: .list(DetectorCatalog.names))
  var name: String?

  @Option(
    help: ArgumentHelp(
      "A detector of one's own in place of --model: its parts and options.",
      valueName: "model.yaml"),
    completion: .file(extensions: ["yaml", "yml"]))
  var config: String?

  @Option(
    help: ArgumentHelp(
      "The weights that training starts from: a .safetensors or .pth file, or a published name in "
        + "torch's cache, of the detector or of its backbone.", valueName: "file"),
    completion: .file(extensions: ["safetensors", "pth"]))
  var weights: String?

  @Option(help: ArgumentHelp("What the shorter side becomes, pixels.", valueName: "pixels"))
  var minSize: Int?

  @Option(help: ArgumentHelp("What the longer side is at most, pixels.", valueName: "pixels"))
  var maxSize: Int?

  @Option(help: ArgumentHelp("What all draws depend on.", valueName: "number"))
  var seed: UInt64 = 0

  @Option(help: ArgumentHelp("How many threads work; all cores if not given.", valueName: "number"))
  var threads: Int?

  @Option(
    help: ArgumentHelp(
      """
      bf16 computes convolutions and matrix products in bfloat16; --smoke does where the processor \
      has instructions for it, if not given, and all else in fp32.
      """, valueName: "type"))
  var precision: Precision?

  @Option(help: ArgumentHelp("Where it is computed: cpu.", valueName: "device"))
  var device = "cpu"

  func validate() throws {
    if name != nil, config != nil {
      throw ValidationError("--config stands in place of --model, both are given")
    }
    for (option, value) in [
      ("--threads", threads), ("--min-size", minSize), ("--max-size", maxSize),
    ] {
      if let value, value < 1 {
        throw ValidationError("\(option) takes a number from 1 on, found \(value)")
      }
    }
  }

  /// The detector that is named or described, or the one that is usual.
  ///
  /// - Throws: a `CommandFailure`, with the place, for a file that means nothing.
  func detector(smoke: Bool) throws -> DetectorChoice {
    if let config { return .configured(try ModelFile(config)) }
    return .named(name ?? (smoke ? Self.smokeModel : Self.trainingModel))
  }

  /// What the detector has where it is not given.
  ///
  /// - Parameter usual: what the shorter side becomes where nobody says; nil for the detector's own.
  func inputSize(of detector: DetectorChoice, usual: Int? = nil) -> InputSize {
    detector.inputSize(minSize: minSize, maxSize: maxSize, usual: usual)
  }

  /// Sets threads and memory. Throws where the device is not there.
  func prepare() throws {
    guard try Device(device) == .cpu else {
      throw CommandFailure("expected the device cpu, found \(device): detectors run on it alone")
    }
    Runtime.prepare(threads: threads)
  }
}
