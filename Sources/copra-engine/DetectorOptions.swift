import ArgumentParser
import Console
import Engine
import Torch

/// Which detector runs, and how it is computed.
struct DetectorOptions: ParsableArguments {
  enum Precision: String, ExpressibleByArgument, CaseIterable {
    case fp32, bf16
  }

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

  @Option(help: ArgumentHelp("bf16 computes convolutions in bfloat16.", valueName: "type"))
  var precision = Precision.fp32

  @Option(help: ArgumentHelp("Where it is computed: cpu.", valueName: "device"))
  var device = "cpu"

  func validate() throws {
    for (option, value) in [
      ("--threads", threads), ("--min-size", minSize), ("--max-size", maxSize),
    ] {
      if let value, value < 1 {
        throw ValidationError("\(option) takes a number from 1 on, found \(value)")
      }
    }
  }

  /// 256 pixels for a smoke training, else what the detector has where it is not given.
  func inputSize(smoke: Bool) -> InputSize {
    let detector = name ?? (smoke ? Self.smokeModel : Self.trainingModel)
    return DetectorCatalog.inputSize(
      of: detector, minSize: minSize ?? (smoke ? 256 : nil), maxSize: maxSize)
  }

  /// Sets threads and memory. Throws where the device is not there.
  func prepare() throws {
    guard try Device(device) == .cpu else {
      throw CommandFailure("expected the device cpu, found \(device): detectors run on it alone")
    }
    if let threads { Runtime.threads = threads }
    Runtime.keepMemory()
  }
}
