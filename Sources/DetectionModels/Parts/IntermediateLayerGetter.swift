public import Torch

/// The layers of a network up to the last one whose output is wanted, and which those are.
public struct IntermediateLayerGetter: Module {
  private let layers: [(key: String, layer: any Layer)]
  /// The name of each layer's output; a layer that is not here has its output to itself.
  private let names: [String: String]

  /// - Parameters:
  ///   - layers: one after another, with their keys.
  ///   - returned: keys of layers and the names that their outputs get.
  /// - Throws: `ModelConfigurationError` where no layer has such a key, or nothing is returned.
  public init(
    _ layers: [(key: String, layer: any Layer)], returned: [(key: String, name: String)]
  ) throws(ModelConfigurationError) {
    try ModelConfigurationError.require(
      !returned.isEmpty, "expected at least one layer to take a feature map from, found none")
    for (key, _) in returned {
      try ModelConfigurationError.require(
        layers.contains { $0.key == key },
        "expected one of the layers \(layers.map(\.key).joined(separator: ", ")), found \(key)")
    }
    names = Dictionary(returned.map { ($0.key, $0.name) }) { $1 }
    let last = layers.lastIndex { layer in returned.contains { $0.key == layer.key } } ?? 0
    self.layers = Array(layers[...last])
  }

  public var parts: [ModulePart] {
    layers.map { ModulePart(key: $0.key, value: $0.layer) }
  }

  /// Names of the outputs in the order of the layers.
  var mapNames: [String] { layers.compactMap { names[$0.key] } }

  public func callAsFunction(_ input: Tensor, _ mode: Mode) -> FeatureMaps {
    var maps: FeatureMaps = []
    var output = input
    for (key, layer) in layers {
      output = layer(output, mode)
      if let name = names[key] { maps.append((name, output)) }
    }
    return maps
  }
}
