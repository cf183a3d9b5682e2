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
    run(layers, input, mode)
  }

  public subscript(index: Int) -> any Layer {
    get { layers[index] }
    set { layers[index] = newValue }
  }
}

/// Runs layers one after another; a normalisation right after a convolution goes with it.
func run(_ layers: [any Layer], _ input: Tensor, _ mode: Mode) -> Tensor {
  var output = input
  var index = 0
  while index < layers.count {
    if let convolve = layers[index] as? any Convolution, index + 1 < layers.count,
      let normalize = layers[index + 1] as? any ChannelNorm
    {
      output = normalize(after: convolve, output, mode)
      index += 2
    } else {
      output = layers[index](output, mode)
      index += 1
    }
  }
  return output
}

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
