import Files
import Torch

/// Which parts of a detector training changes.
public struct TrainedParts: Codable, Sendable, Hashable {
  /// How many stages of the backbone are trained, from the last one on, as torchvision counts them; nil
  /// for the detector's own choice: all of them, or the last three of a ready one that starts from
  /// trained weights.
  public var backboneLayers: Int?
  /// The keys of parts that stay as they are: `backbone`, `roi_heads.box_head`.
  public var frozen: [String] = []

  public init() {}

  private enum CodingKeys: String, CodingKey {
    case backboneLayers = "trainable_backbone_layers"
    case frozen = "freeze"
  }
}

extension Detector {
  /// Holds parts as they are. Their batch norms, if they have any that count batches, still do so in
  /// training, as PyTorch's do.
  ///
  /// - Parameter keys: each a part's or a tensor's key in the state.
  /// - Throws: `ModelConfigurationError` for a part that is not there, or where nothing is left to train.
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

  /// The keys of all parts, tensors left out.
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
