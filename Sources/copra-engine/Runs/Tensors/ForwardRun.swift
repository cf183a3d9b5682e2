import Console
import DetectionModels
import Engine
import Files
import Torch

/// What a model is run on, and what is written.
struct ForwardSettings {
  var compute = ComputeSettings()
  /// A file, or a published name in torch's cache; nil for weights drawn from the seed.
  var weights: String?
  /// The safetensors file with what the model is run on.
  var input: String
  var output: String
  /// Whether the model works as in training.
  var trains = false
  /// The file for the parameters' gradients.
  var gradients: String?
  /// The probability of a classifier's dropout, in place of its own.
  var dropout: Double?
  /// Nil for as many as the weights or the published ones have.
  var numClasses: Int?
  /// The size of a detector's pictures.
  var minSize: Int?
  var maxSize: Int?
  var seed: UInt64 = 0
  /// Whether outputs that exist are replaced.
  var replaces = false
}

extension ForwardSettings {
  /// The types in which pictures may be given.
  var inputTypes: [DType] { compute.precision == .bf16 ? [.float32] : [.float32, .float64] }

  /// Returns where the weights are, once no output would replace what it must not.
  ///
  /// - Parameter names: those of the model's published weights.
  func weightsPath(among names: WeightsNames) throws -> String? {
    let weights = try weights.map { try WeightsFile.path(of: $0, among: names) }
    try OverwriteGuard(replaces: replaces).check(
      [output] + [gradients].compactMap { $0 }, inputs: [input] + [weights].compactMap { $0 })
    return weights
  }

  func write(_ tensors: [NamedTensor], to path: String) throws {
    try SafetensorsWriter.write(tensors, to: path)
    Terminal.message("wrote \(path): \(tensors.count) tensor\(tensors.count == 1 ? "" : "s")")
  }

  /// Writes the gradient of every parameter that was trained, under its key.
  func writeGradients(of model: any Module, to path: String) throws {
    let gradients = model.state.filter(\.isParameter).compactMap { entry in
      entry.tensor.gradient.map { NamedTensor(entry.key, $0) }
    }
    try write(gradients, to: path)
  }
}

/// One run of `copra forward` for a classification network: read, make the model, compute, write.
struct ForwardRun {
  let settings: ForwardSettings
  let zooModel: ZooModel

  func run() throws -> ExitStatus {
    let device = try settings.compute.prepare()
    let weights = try settings.weightsPath(among: zooModel.weightsNames)
    let input = try input()
    let model = ModelMaker(
      zooModel: zooModel, numClasses: settings.numClasses, dropout: settings.dropout,
      weights: weights, seed: settings.seed, mode: settings.trains ? .training : .inference)
    let layer = try model.make(input.dtype, on: device)
    Runtime.seed(settings.seed)
    try settings.trains ? train(layer, input.to(device)) : infer(layer, input.to(device))
    return .clean
  }

  /// The tensor to run on, on pages of its file.
  private func input() throws -> Tensor {
    let path = settings.input
    let file = try StoredState(contentsOf: path)
    guard let stored = file["input"] else {
      let keys = file.entries.prefix(5).map(\.key).joined(separator: ", ")
      throw StateError(path, "expected a tensor \"input\", found \(keys)")
    }
    let isVideo = zooModel.weights.preset.isOfClips
    let names = isVideo ? "[N, 3, T, H, W]" : "[N, 3, H, W]"
    let fits = stored.shape.count == (isVideo ? 5 : 4) && stored.shape[1] == 3
    let types = settings.inputTypes
    guard fits, stored.count > 0, types.contains(stored.dtype) else {
      let expected = types.map(\.rawValue).joined(separator: " or ")
      throw StateError(
        path, key: "input",
        "expected \(expected) of \(names), found \(stored.dtype) of \(stored.shape)")
    }
    return Tensor(stored)
  }

  private func infer(_ model: any Layer, _ input: Tensor) throws {
    let output = withoutGradients {
      settings.compute.computing(on: input.device) { model(input, .inference) }
    }
    try settings.write([NamedTensor("output", output)], to: settings.output)
  }

  private func train(_ model: any Layer, _ input: Tensor) throws {
    let output = settings.compute.computing(on: input.device) { model(input, .training) }
    let buffers = model.state.filter { !$0.isParameter }.map { NamedTensor($0.key, $0.tensor) }
    // The pass backwards changes no buffer, and may be left out.
    try settings.write([NamedTensor("output", output)] + buffers, to: settings.output)
    guard let path = settings.gradients else { return }
    RampLoss(of: output).value.backward()
    try settings.writeGradients(of: model, to: path)
  }
}
