import COCO
public import DetectionModels
public import Torch

/// A training in a file, from which it continues to exactly the bits that it would have reached.
///
/// The file is in safetensors: the model's state under `model.`, the optimiser's under
/// `optimizer.`, the generator's under `generator`; epoch and step are in the metadata. The order
/// and the augmentation of samples depend on the seed and the epoch only, so nothing of them is
/// stored.
public struct Checkpoint: Sendable {
  static let formatVersion = "1"
  /// The path of the file.
  public let path: String
  private let state: StoredState

  /// Opens a checkpoint.
  ///
  /// - Throws: `StateError` for a file that is no checkpoint or is damaged.
  public init(contentsOf path: String) throws {
    self.path = path
    state = try StoredState(contentsOf: path)
    guard state.metadata["copra.checkpoint"] == Self.formatVersion else {
      throw StateError(path, "expected a checkpoint of copra, found other tensors")
    }
  }

  /// Returns the state of the model alone, for a detector that is not trained further: the model's
  /// part of a checkpoint, or the whole of any other file.
  public static func modelState(of stored: StoredState) -> StoredState {
    stored.metadata["copra.checkpoint"] == nil ? stored : stored.part(under: "model.")
  }

  /// The writer's notes beside the tensors, such as the model's name.
  public var notes: [String: String] { state.metadata }

  /// Writes a training; the old file stays until the new one is complete.
  public static func write(
    _ training: Training<some Detector>, notes: [String: String] = [:], to path: String
  ) throws {
    let model = training.model.state.map { NamedTensor("model." + $0.key, $0.tensor) }
    let optimizer = training.optimizer.state.map { NamedTensor("optimizer." + $0.key, $0.tensor) }
    var metadata = notes
    metadata["copra.checkpoint"] = formatVersion
    metadata["epoch"] = String(training.epoch)
    metadata["step"] = String(training.step)
    try SafetensorsWriter.write(
      model + optimizer + [NamedTensor("generator", Runtime.generatorState)], metadata: metadata,
      to: path)
  }

  /// Restores the training to the state of the written one, libtorch's generator included.
  ///
  /// - Throws: `StateError` that lists the keys that are missing, superfluous or of another shape.
  public func restore<Model: Detector>(_ training: inout Training<Model>) throws {
    let entries = state.entries.map { ($0.key, $0.tensor) }
    let model = training.model.state
    let found = entries.filter { $0.0.hasPrefix("model.") }
      .map { KeyedShape(String($0.0.dropFirst("model.".count)), $0.1.shape) }
    let difference = StateDifference(
      expected: model.map { KeyedShape($0.key, $0.tensor.shape) }, found: found)
    guard difference.isEmpty else { throw StateError(path, "\(difference)") }
    guard let generator = state["generator"], let epoch = number("epoch"),
      let step = number("step"), epoch >= 0, step >= 0
    else { throw StateError(path, "expected a generator, an epoch and a step") }
    for entry in model {
      guard let stored = state["model." + entry.key] else { continue }
      withoutGradients { entry.tensor.copy(from: Tensor(stored)) }
    }
    var memory: [String: Tensor] = [:]
    for (key, tensor) in entries where key.hasPrefix("optimizer.") {
      memory[String(key.dropFirst("optimizer.".count))] = Tensor(tensor)
    }
    try training.optimizer.restore(memory)
    try Runtime.setGeneratorState(Tensor(generator))
    training.epoch = epoch
    training.step = step
  }

  private func number(_ key: String) -> Int? { state.metadata[key].flatMap { Int($0) } }
}
