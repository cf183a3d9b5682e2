import ArgumentParser
import Console
import DetectionModels
import Files

/// How a model is computed.
struct ModelOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The number of threads of an operation; all cores if not given.", valueName: "number"))
  var threads: Int?

  @Option(
    help: ArgumentHelp(
      "bf16 computes convolutions and matrix products in bfloat16.", valueName: "type"))
  var precision = Precision.fp32

  @Option(help: ArgumentHelp("The device to compute on: cpu, cuda or cuda:N.", valueName: "device"))
  var device = "cpu"

  var settings: ComputeSettings {
    ComputeSettings(threads: threads, precision: precision, device: device)
  }

  func validate() throws {
    try CountOptions.check(("--threads", threads))
  }
}

extension Precision: ExpressibleByArgument {}

extension ZooModel {
  /// Finds the classification model of a name. Throws, with the one of `names` that is nearest,
  /// where there is none.
  init(named name: String, among names: [String]) throws {
    guard let model = ModelZoo.model(named: name) else {
      let hint = NearestName.hint(for: name, among: names)
      throw CommandFailure("no model is called \"\(name)\"\(hint) (copra models lists them)")
    }
    self = model
  }
}
