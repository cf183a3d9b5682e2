import Console
import DetectionModels
import Files
import Torch

/// One run of `copra forward` for a classification network: read, make the model, compute, write.
struct ForwardRun {
  let command: ForwardCommand
  let zooModel: ZooModel

  func run() throws -> ExitStatus {
    let device = try command.model.prepare()
    let weights = try command.weightsPath()
    let input = try input()
    let model = ModelMaker(
      zooModel: zooModel, numClasses: command.classes, dropout: command.dropout, weights: weights,
      seed: command.seed, mode: command.train ? .training : .inference)
    let layer = try model.make(input.dtype, on: device)
    Runtime.seed(command.seed)
    try command.train ? train(layer, input.to(device)) : infer(layer, input.to(device))
    return .clean
  }

  /// The tensor to run on, on pages of its file.
  private func input() throws -> Tensor {
    let file = try StoredState(contentsOf: command.input)
    guard let stored = file["input"] else {
      let keys = file.entries.prefix(5).map(\.key).joined(separator: ", ")
      throw StateError(command.input, "expected a tensor \"input\", found \(keys)")
    }
    let isVideo = zooModel.weights.preset.isOfClips
    let names = isVideo ? "[N, 3, T, H, W]" : "[N, 3, H, W]"
    let fits = stored.shape.count == (isVideo ? 5 : 4) && stored.shape[1] == 3
    let types = command.inputTypes
    guard fits, stored.count > 0, types.contains(stored.dtype) else {
      let expected = types.map(\.rawValue).joined(separator: " or ")
      throw StateError(
        command.input, key: "input",
        "expected \(expected) of \(names), found \(stored.dtype) of \(stored.shape)")
    }
    return Tensor(stored)
  }

  private func infer(_ model: any Layer, _ input: Tensor) throws {
    let output = withoutGradients {
      command.model.computing(on: input.device) { model(input, .inference) }
    }
    try command.write([NamedTensor("output", output)], to: command.output)
  }

  private func train(_ model: any Layer, _ input: Tensor) throws {
    let output = command.model.computing(on: input.device) { model(input, .training) }
    let buffers = model.state.filter { !$0.isParameter }.map { NamedTensor($0.key, $0.tensor) }
    // The pass backwards changes no buffer, and may be left out.
    try command.write([NamedTensor("output", output)] + buffers, to: command.output)
    guard let path = command.gradients else { return }
    loss(output).backward()
    try command.write(model.gradients, to: path)
  }

  /// The mean of the output, weighted from -1 for its first number to 1 for its last.
  private func loss(_ output: Tensor) -> Tensor {
    // A mean in half of the bits would say little.
    let output = output.dtype == .bfloat16 ? output.to(.float32) : output
    let ramp = Tensor.linspace(-1, 1, steps: output.count, on: output.device)
    return (output * ramp.reshaped(output.shape).to(output.dtype)).mean()
  }
}

extension Module {
  /// Of every parameter that was trained, under its key.
  var gradients: [NamedTensor] {
    state.filter(\.isParameter).compactMap { entry in
      entry.tensor.gradient.map { NamedTensor(entry.key, $0) }
    }
  }
}

extension ForwardCommand {
  /// In which pictures may be given.
  var inputTypes: [DType] { model.precision == .bf16 ? [.float32] : [.float32, .float64] }

  /// Where the weights are, once no output would replace what it must not.
  func weightsPath() throws -> String? {
    let weights = try weights.map { try WeightsFile.path(of: $0) }
    try OverwriteGuard(replaces: force).check(
      [output] + [gradients].compactMap { $0 }, inputs: [input] + [weights].compactMap { $0 })
    return weights
  }

  func write(_ tensors: [NamedTensor], to path: String) throws {
    try SafetensorsWriter.write(tensors, to: path)
    Terminal.message("wrote \(path): \(tensors.count) tensor\(tensors.count == 1 ? "" : "s")")
  }
}
