public import Torch

/// The layers of a network up to the last of those whose outputs are returned; torchvision's
/// `IntermediateLayerGetter`.
public struct IntermediateLayerGetter: Module {
  /// The layers up to each returned output, and its name.
  private let stages: [(name: String, layers: NamedSequential)]

  /// Creates a getter from consecutive layers.
  ///
  /// - Parameters:
  ///   - layers: The layers and their keys.
  ///   - returned: The keys of the layers whose outputs are returned, and the outputs' names.
  /// - Throws: `ModelConfigurationError` if no layer has a key, if a layer is returned twice, or
  ///   if none is.
  public init(
    _ layers: [(key: String, layer: any Layer)], returned: [(key: String, name: String)]
  ) throws(ModelConfigurationError) {
    try ModelConfigurationError.require(
      !returned.isEmpty, "expected at least one layer to take a feature map from, found none")
    for (index, (key, _)) in returned.enumerated() {
      try ModelConfigurationError.require(
        !returned[..<index].contains { $0.key == key },
        "expected every layer once, found \(key) twice")
      try ModelConfigurationError.require(
        layers.contains { $0.key == key },
        "expected one of the layers \(layers.map(\.key).joined(separator: ", ")), found \(key)")
    }
    var stages: [(name: String, layers: NamedSequential)] = []
    var stage: [(key: String, layer: any Layer)] = []
    for layer in layers {
      stage.append(layer)
      guard let name = returned.first(where: { $0.key == layer.key })?.name else { continue }
      stages.append((name, NamedSequential(stage)))
      stage = []
    }
    self.stages = stages
  }

  /// The parts of all layers under their own keys.
  public var parts: [ModulePart] { stages.flatMap(\.layers.parts) }

  /// The names of the outputs in the order of the layers.
  var mapNames: [String] { stages.map(\.name) }

  /// Returns the outputs of the returned layers in their order.
  public func callAsFunction(_ input: Tensor, _ mode: Mode) -> FeatureMaps {
    var output = input
    return stages.map { name, layers in
      output = layers(output, mode)
      return (name, output)
    }
  }
}
