import ArgumentParser
import Console
import DetectionModels
import Engine
import Reporting
import Torch

/// `copra models`
struct ModelsCommand: Verb {
  static let configuration = CommandConfiguration(
    commandName: "models",
    abstract: "List the models, their sizes and their weights.",
    discussion: """
      Names, parameters, keys and weights are torchvision's, except for the two small detectors \
      with a ResNet-18; detectors are listed with their published weights. A file of weights is \
      searched for in the working folder, and then in torch's cache, \
      $TORCH_HOME/hub/checkpoints (~/.cache/torch/hub/checkpoints).

      EXAMPLES
        copra models
        copra models --format json
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json
  }

  @Option(help: ArgumentHelp("A table, or a JSON list.", valueName: "format"))
  var format = Format.text

  func perform() async throws -> ExitStatus {
    let models =
      try ModelZoo.all.map { ModelDescription($0) }
      + DetectorCatalogue.all.map { try ModelDescription($0) }
    switch format {
    case .text: try Terminal.print(ModelReporter().text(models))
    case .json: try Terminal.print(ModelReporter().json(models))
    }
    return .clean
  }
}

extension ModelDescription {
  init(_ zooModel: ZooModel) {
    let model = withoutDraws { zooModel.make() }
    let side = zooModel.weights.preset.crop
    self.init(
      name: zooModel.name, task: .classification, parameters: model.parameterCount,
      keys: model.state.count, inputSize: .exactly(height: side, width: side),
      weights: zooModel.weights.file)
  }

  init(_ detector: ReadyDetector) throws {
    let model = try withoutDraws { try detector.make(start: detector.published) }
    let size = Engine.InputSize(detector.transform)
    let inputSize: ModelDescription.InputSize =
      size.fixedSize.map { .exactly(height: $0.height, width: $0.width) }
      ?? .within(minSize: size.minSize, maxSize: size.maxSize)
    self.init(
      name: detector.name, task: .detection, parameters: model.parameterCount,
      keys: model.state.count, inputSize: inputSize, weights: detector.weights)
  }
}
