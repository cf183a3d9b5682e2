/// Layers one after another. Their keys are their indices.
public struct Sequential: Layer {
  public var layers: [any Layer]

  public init(_ layers: [any Layer]) {
    self.layers = layers
  }

  public init(_ layers: any Layer...) {
    self.layers = layers
  }

  public var parts: [ModulePart] {
    layers.enumerated().map { ModulePart(key: String($0.offset), value: $0.element) }
  }

  public func callAsFunction(_ input: Tensor, _ mode: Mode) -> Tensor {
    layers.reduce(input) { $1($0, mode) }
  }

  public subscript(index: Int) -> any Layer {
    get { layers[index] }
    set { layers[index] = newValue }
  }
}
