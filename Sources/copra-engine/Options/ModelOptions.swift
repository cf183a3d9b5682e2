import ArgumentParser
import COCO
import Console
import DetectionModels
import Files
import Glibc
import Torch

/// How a model is computed.
struct ModelOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "How many threads an operation uses; all cores if not given.", valueName: "number"))
  var threads: Int?

  @Option(
    help: ArgumentHelp(
      "bf16 computes convolutions and matrix products in bfloat16.", valueName: "type"))
  var precision = Precision.fp32

  @Option(help: ArgumentHelp("Where it is computed: cpu, cuda or cuda:N.", valueName: "device"))
  var device = "cpu"

  func validate() throws {
    if let threads, threads < 1 {
      throw ValidationError("--threads takes a number from 1 on, found \(threads)")
    }
  }

  /// The classification model of a name. Throws, with the one of some names that is nearest, where
  /// there is none.
  static func zooModel(named name: String, among names: [String]) throws -> ZooModel {
    if let model = ModelZoo.model(named: name) { return model }
    let hint = NearestName.hint(for: name, among: names)
    throw CommandFailure("no model is called \"\(name)\"\(hint) (copra models lists them)")
  }

  /// Sets threads and gives the device. Throws where that is not there.
  func prepare() throws -> Device {
    let device = try Device(device)
    Runtime.prepare(threads: threads)
    return device
  }

  /// Runs the body in the precision that was asked for.
  func computing<Result>(on device: Device, _ body: () -> Result) -> Result {
    precision == .bf16 ? autocast(to: .bfloat16, on: device, body) : body()
  }
}

/// The way from the value of `--weights` to a file.
enum WeightsFile {
  /// A file, or a name in torch's cache. Throws, with where it is published, if neither is there.
  static func path(of name: String) throws -> String {
    var variables: [String: String] = [:]
    for variable in ["TORCH_HOME", "XDG_CACHE_HOME", "HOME"] {
      variables[variable] = getenv(variable).map { String(cString: $0) }
    }
    return try WeightsCache(environment: variables).path(of: name)
  }
}
