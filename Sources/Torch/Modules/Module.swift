/// A part of a model: a struct whose stored properties are its parameters, buffers and parts.
///
/// The names of the properties are the keys of the state, in PyTorch's spelling:
/// `roiHeads.boxPredictor.clsScore.weight` is `roi_heads.box_predictor.cls_score.weight`.
public protocol Module: Sendable {
  /// The parts of the module, in the order of PyTorch's state dictionary: parameters, buffers,
  /// other modules, and arrays of modules.
  ///
  /// By default these are the stored properties in the order of their declaration.
  var parts: [ModulePart] { get }
}

/// A named part of a module.
public struct ModulePart {
  /// The part's key in PyTorch's spelling.
  public let key: String
  /// The parameter, buffer or module; any other value has no state.
  public let value: Any

  /// Creates a part from its key and its value.
  public init(key: String, value: Any) {
    self.key = key
    self.value = value
  }
}

extension Module {
  /// The stored properties, with keys in PyTorch's spelling.
  public var parts: [ModulePart] {
    Mirror(reflecting: self).children.compactMap { child in
      child.label.map { ModulePart(key: stateKey(of: $0), value: child.value) }
    }
  }
}

/// Returns the spelling of a property's name in a state: `running_mean` for `runningMean` and for
/// `_runningMean`, the storage of a wrapped property.
func stateKey(of property: String) -> String {
  var key = ""
  for character in property.drop(while: { $0 == "_" }) {
    if character.isUppercase { key += "_" }
    key += character.lowercased()
  }
  return key
}

/// The mode of a module: training (statistics of the batch, dropout) or inference.
public enum Mode: Sendable {
  /// Training, in which batches have their own statistics, or inference.
  case training, inference
}

/// A module that maps one tensor to one tensor.
public protocol Layer: Module {
  /// Returns the output for an input, in training or in inference.
  func callAsFunction(_ input: Tensor, _ mode: Mode) -> Tensor
}

/// A layer that is the same in training and in inference.
public protocol ModeFreeLayer: Layer {
  /// Returns the output for an input.
  func callAsFunction(_ input: Tensor) -> Tensor
}

extension ModeFreeLayer {
  /// Returns the output for an input, whatever the mode.
  public func callAsFunction(_ input: Tensor, _ mode: Mode) -> Tensor {
    self(input)
  }
}

extension Module {
  /// Converts all floating-point parameters and buffers to another type; integers are kept. Create
  /// optimisers afterwards.
  public func convert(to dtype: DType) {
    for entry in state where entry.tensor.dtype.isFloatingPoint {
      entry.tensor.replaceStorage(by: entry.tensor.detached().to(dtype))
    }
  }

  /// Moves all parameters and buffers to a device.
  public func move(to device: Device) {
    for entry in state { entry.tensor.replaceStorage(by: entry.tensor.detached().to(device)) }
  }
}
