/// A sequence of layers, whose keys are their indices; PyTorch's `Sequential`.
public struct Sequential: Layer {
  /// The layers in their order.
  public var layers: [any Layer]

  /// Creates a sequence of the layers of an array.
  public init(_ layers: [any Layer]) {
    self.layers = layers
  }

  /// Creates a sequence of the given layers.
  public init(_ layers: any Layer...) {
    self.layers = layers
  }

  /// The layers, with their indices as keys.
  public var parts: [ModulePart] {
    layers.enumerated().map { ModulePart(key: String($0.offset), value: $0.element) }
  }

  /// Returns the output of the last layer, each taking the output of the one before.
  public func callAsFunction(_ input: Tensor, _ mode: Mode) -> Tensor {
    run(layers, input, mode)
  }

  /// Accesses the layer at an index.
  public subscript(index: Int) -> any Layer {
    get { layers[index] }
    set { layers[index] = newValue }
  }
}

/// Returns the output of consecutive layers; a normalisation directly after a convolution is merged
/// with it in inference.
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

/// A sequence of layers with keys of their own; PyTorch's `Sequential` of an ordered dictionary.
public struct NamedSequential: Layer {
  /// The layers and their keys in their order.
  public var layers: [(key: String, layer: any Layer)]

  /// Creates a sequence of layers and their keys.
  public init(_ layers: [(key: String, layer: any Layer)]) {
    self.layers = layers
  }

  /// The layers under their own keys.
  public var parts: [ModulePart] {
    layers.map { ModulePart(key: $0.key, value: $0.layer) }
  }

  /// Returns the output of the last layer, each taking the output of the one before.
  public func callAsFunction(_ input: Tensor, _ mode: Mode) -> Tensor {
    run(layers.map(\.layer), input, mode)
  }

  /// Returns the layer with a key; nil if there is none.
  public subscript(key: String) -> (any Layer)? {
    layers.first { $0.key == key }?.layer
  }
}
