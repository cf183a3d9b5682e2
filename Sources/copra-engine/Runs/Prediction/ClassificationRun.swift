import COCO
import Console
import Datasets
import DetectionModels
import Engine
import Files
import Images
import Reporting
import Torch

/// What is classified, and how that is shown.
struct ClassificationSettings {
  enum Format: String, CaseIterable {
    case text, json, jsonl
  }

  /// A classification model's name.
  var model: String
  var compute = ComputeSettings()
  /// Pictures and folders.
  var images: [String]
  /// A file, or a published name in torch's cache.
  var weights: String
  /// A file with the classes' names; nil for ImageNet's.
  var classes: String?
  /// How many classes are shown of a picture.
  var top = 5
  var format = Format.text
}

/// One run of `copra classify`: pictures are decoded ahead by all threads and classified in turn.
struct ClassificationRun {
  let settings: ClassificationSettings

  func run() async throws -> ExitStatus {
    let zooModel = try zooModel()
    let device = try settings.compute.prepare()
    let names = try settings.classes.map(ClassNames.read) ?? ImageNetClasses.names
    let path = try WeightsFile.path(of: settings.weights, among: zooModel.weightsNames)
    let model = try ModelMaker(zooModel: zooModel, numClasses: names.count, weights: path)
      .make(on: device)
    let preset = zooModel.preset(of: path)
    let paths = try PicturePaths.expanded(settings.images)
    let output = ClassificationOutput(format: settings.format)
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
          settings.compute.computing(on: device) { model(input.to(device), .inference) }
        }
        try output.add(Classification(paths[index], scores, names: names, top: settings.top))
      }
      return true
    }
    try output.end()
    FindingPrinter.print(findings, in: Sources(paths))
    return findings.contains { $0.severity == .error } ? .findings : .clean
  }

  private func zooModel() throws -> ZooModel {
    if DetectorCatalogue.names.contains(settings.model) {
      throw CommandFailure(
        "expected a classification model, found the detector \(settings.model) "
          + "(copra predict runs it)")
    }
    let model = try ZooModel(named: settings.model, among: ModelZoo.all.map(\.name))
    guard !model.weights.preset.isOfClips else {
      throw CommandFailure("\(model.name) takes clips; expected a model of images")
    }
    return model
  }
}

extension ZooModel {
  /// Returns what the weights were made for, as far as the file's name says.
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

/// A picture on its way into the model.
private struct ClassifiedPicture: Sendable {
  /// Nil where it could not be read.
  let input: Tensor?
  private let failure: ImageError?
  private let warning: String?

  init(_ path: String, preset: InputPreset) {
    do throws(ImageError) {
      let picture = try Bitmap.decode(path: path)
      input = preset.tensor(of: picture)
      warning = picture.warning
      failure = nil
    } catch {
      input = nil
      warning = nil
      failure = error
    }
  }

  /// Returns what is wrong with the picture, as validate reports it.
  ///
  /// - Parameter file: the picture's number among the sources.
  func findings(file: Int) -> [Finding] {
    let start = Origin(file: file, offset: 0)
    if let warning { return [Finding(.corruptImage, severity: .warning, warning, at: start)] }
    guard let failure else { return [] }
    return [Finding(failure.faultKind, "\(failure)", at: start)]
  }
}

/// Prints classified pictures as they come.
private final class ClassificationOutput {
  private let format: ClassificationSettings.Format
  private var isFirst = true

  init(format: ClassificationSettings.Format) {
    self.format = format
  }

  func begin() throws {
    if format == .json { try Terminal.print("[") }
  }

  func add(_ classification: Classification) throws {
    let reporter = ClassificationReporter()
    switch format {
    case .text:
      try Terminal.print((isFirst ? "" : "\n") + reporter.text(classification))
    case .json:
      try Terminal.print((isFirst ? "\n" : ",\n") + reporter.json(classification))
    case .jsonl:
      try Terminal.print(reporter.json(classification) + "\n")
    }
    isFirst = false
  }

  func end() throws {
    if format == .json { try Terminal.print(isFirst ? "]\n" : "\n]\n") }
  }
}
