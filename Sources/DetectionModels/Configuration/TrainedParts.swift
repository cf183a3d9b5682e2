import Files
import Torch

/// The parts of a detector that training changes.
public struct TrainedParts: Codable, Sendable, Hashable {
  /// The number of trained stages of the backbone, counted from the last as torchvision counts
  /// them.
  ///
  /// Nil stands for the detector's own choice: all of them, or the last three of a detector of the
  /// catalogue that starts from trained weights.
  public var backboneLayers: Int?
  /// The keys of frozen parts, such as `backbone` or `roi_heads.box_head`.
  public var frozen: [String] = []

  /// Creates a choice without frozen parts.
  public init() {}

  private enum CodingKeys: String, CodingKey {
    case backboneLayers = "trainable_backbone_layers"
    case frozen = "freeze"
  }
}

extension Detector {
  /// Freezes parts. Batch norms among them still count batches in training, as PyTorch's do.
  ///
  /// - Parameter keys: The keys of parts or tensors in the state.
  /// - Throws: `ModelConfigurationError` for a part that does not exist, and if nothing is left
  ///   to train.
  public func freeze(_ keys: [String]) throws(ModelConfigurationError) {
    for key in keys {
      let held = state.filter { $0.key == key || $0.key.hasPrefix(key + ".") }
      guard !held.isEmpty else {
        throw ModelConfigurationError(
          "expected a part of the detector, found \(key)\(NearestName.hint(for: key, among: partNames))",
          at: "freeze")
      }
      for entry in held where entry.isParameter { entry.tensor.requiresGradient = false }
    }
    try ModelConfigurationError.require(
      state.contains { $0.isParameter && $0.tensor.requiresGradient }, at: "freeze",
      "expected a part of the detector that is trained, found all of them frozen")
  }

  /// The keys of all parts, without those of tensors.
  private var partNames: [String] {
    state.reduce(into: []) { names, entry in
      var part = ""
      for name in entry.key.split(separator: ".").dropLast() {
        part += (part.isEmpty ? "" : ".") + name
        if !names.contains(part) { names.append(part) }
      }
    }
  }
}
