/// Layers one after another with keys of their own, as PyTorch's `Sequential` of an ordered
/// dictionary.
public struct NamedSequential: Layer {
  public var layers: [(key: String, layer: any Layer)]

  public init(_ layers: [(key: String, layer: any Layer)]) {
    self.layers = layers
  }

  public var parts: [ModulePart] {
    layers.map { ModulePart(key: $0.key, value: $0.layer) }
  }

  public func callAsFunction(_ input: Tensor, _ mode: Mode) -> Tensor {
    run(layers.map(\.layer), input, mode)
  }

  public subscript(key: String) -> (any Layer)? {
    layers.first { $0.key == key }?.layer
  }
}
