import COCO
import Console
import DetectionModels
import Files
import Images
import Reporting
import Torch

/// One run of `copra classify`: pictures are decoded ahead by all threads and classified in turn.
struct ClassificationRun {
  let command: ClassifyCommand

  func run() async throws -> ExitStatus {
    if DetectorCatalog.names.contains(command.name) {
      throw CommandFailure(
        "expected a classification model, found the detector \(command.name) (copra predict runs it)"
      )
    }
    let zooModel = try ModelOptions.zooModel(
      named: command.name, among: ModelZoo.all.map(\.name))
    guard !zooModel.weights.preset.isOfClips else {
      throw CommandFailure("\(zooModel.name) takes clips; expected a model of pictures")
    }
    let device = try command.model.prepare()
    let names = try command.classes.map(ClassNames.read) ?? ImageNetClasses.names
    let path = try WeightsFile.path(of: command.weights)
    let model = try ModelMaker(zooModel: zooModel, numClasses: names.count, weights: path)
      .make(on: device)
    let preset = zooModel.preset(of: path)
    let paths = try PicturePaths.expanded(command.images)
    let output = ClassificationOutput(format: command.format)
    var findings: [Finding] = []
    let tasks = OrderedTasks(
      threads: Runtime.threads, progress: ProgressBar.shown("classifying"))
    try output.begin()
    try await tasks.run(paths.count) { index in
      ClassifiedPicture(paths[index], preset: preset)
    } consume: { index, picture in
      findings += picture.findings(file: index)
      if let input = picture.input {
        let scores = withoutGradients {
          command.model.computing(on: device) { model(input.to(device), .inference) }
        }
        try output.add(Classification(paths[index], scores, names: names, top: command.top))
      }
      return true
    }
    try output.end()
    FindingPrinter.print(findings, in: Sources(paths))
    return findings.contains { $0.severity == .error } ? .findings : .clean
  }
}

extension ZooModel {
  /// What the weights were made for, as far as the file's name says.
  fileprivate func preset(of path: String) -> InputPreset {
    let name = Path.name(of: path)
    return olderWeights.first { $0.file == name }?.preset ?? weights.preset
  }
}

extension Classification {
  /// - Parameter scores: [1, classes], before the softmax.
  fileprivate init(_ image: String, _ scores: Tensor, names: [String], top: Int) {
    let probabilities = scores.to(.float32).softmax(dim: 1).reshaped([-1])
    let best = probabilities.topK(min(top, names.count))
    let values: [Float] = best.values.scalars()
    let indices: [Int] = best.indices.scalars()
    let candidates = zip(values, indices).map { value, index in
      Candidate(index: index, name: names[index], probability: Double(value))
    }
    self.init(image: image, candidates: candidates)
  }
}
