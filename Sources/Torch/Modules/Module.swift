/// A part of a model: a struct whose stored properties are its parameters, buffers and parts.
///
/// The names of the properties are the keys of the state, in PyTorch's spelling:
/// `roiHeads.boxPredictor.clsScore.weight` is `roi_heads.box_predictor.cls_score.weight`.
public protocol Module: Sendable {
  /// What the module is made of, in the order of PyTorch's state dictionary: parameters, buffers,
  /// other modules, and arrays of modules. Without a word of its own a module has its stored
  /// properties, in the order in which they are declared.
  var parts: [ModulePart] { get }
}

/// A named part of a module.
public struct ModulePart {
  /// The part's key in PyTorch's spelling.
  public let key: String
  /// A parameter, a buffer or a module; anything else has no state.
  public let value: Any

  public init(key: String, value: Any) {
    self.key = key
    self.value = value
  }
}

extension Module {
  public var parts: [ModulePart] {
    Mirror(reflecting: self).children.compactMap { child in
      child.label.map { ModulePart(key: stateKey(of: $0), value: child.value) }
    }
  }
}

/// The spelling of a property's name in a state: `_runningMean` (a wrapped property's storage) and
/// `runningMean` are `running_mean`.
func stateKey(of property: String) -> String {
  var key = ""
  for character in property.drop(while: { $0 == "_" }) {
    if character.isUppercase { key += "_" }
    key += character.lowercased()
  }
  return key
}

/// Whether a module works as in training (statistics of the batch, dropout) or as in use.
public enum Mode: Sendable {
  case training, inference
}

/// A module that makes one tensor of one.
public protocol Layer: Module {
  func callAsFunction(_ input: Tensor, _ mode: Mode) -> Tensor
}

/// A layer that does the same in training and in inference.
public protocol ModeFreeLayer: Layer {
  func callAsFunction(_ input: Tensor) -> Tensor
}

extension ModeFreeLayer {
  public func callAsFunction(_ input: Tensor, _ mode: Mode) -> Tensor {
    self(input)
  }
}

extension Module {
  /// Turns all parameters and buffers of fractions into another type; whole numbers stay. An
  /// optimiser is to be made afterwards.
  public func convert(to dtype: DType) {
    for entry in state where entry.tensor.dtype.isFloatingPoint {
      entry.tensor.replaceStorage(by: entry.tensor.detached().to(dtype))
    }
  }

  /// Moves the whole state to a device.
  public func move(to device: Device) {
    for entry in state { entry.tensor.replaceStorage(by: entry.tensor.detached().to(device)) }
  }
}
