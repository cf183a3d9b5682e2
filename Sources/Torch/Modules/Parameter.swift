/// A wrapper of a tensor that training changes: `@Parameter var weight: Tensor`.
@propertyWrapper
public struct Parameter<Value: StateValue>: StatePart, Sendable {
  // An optional property is nil at first, and an initialiser then sets its value: `init` sees only
  // the nil.
  /// The tensor, which requires gradients; nil if it is absent.
  public var wrappedValue: Value {
    didSet { wrappedValue.tensor?.requiresGradient = true }
  }

  /// Wraps a tensor and makes it require gradients.
  public init(wrappedValue: Value) {
    self.wrappedValue = wrappedValue
    wrappedValue.tensor?.requiresGradient = true
  }

  var tensor: Tensor? { wrappedValue.tensor }
  var isParameter: Bool { true }
}

/// A wrapper of a tensor that belongs to a state without being trained, such as running statistics.
@propertyWrapper
public struct Buffer<Value: StateValue>: StatePart, Sendable {
  /// The tensor; nil if it is absent.
  public var wrappedValue: Value

  /// Wraps a tensor.
  public init(wrappedValue: Value) {
    self.wrappedValue = wrappedValue
  }

  var tensor: Tensor? { wrappedValue.tensor }
  var isParameter: Bool { false }
}

/// A tensor of a state, or an optional one that may be absent, such as a layer's bias.
public protocol StateValue: Sendable {
  /// The tensor; nil if it is absent.
  var tensor: Tensor? { get }
}

extension Tensor: StateValue {
  /// The tensor itself.
  public var tensor: Tensor? { self }
}

extension Tensor?: StateValue {
  /// The tensor, if there is one.
  public var tensor: Tensor? { self }
}

/// A parameter or a buffer of any type.
protocol StatePart {
  var tensor: Tensor? { get }
  var isParameter: Bool { get }
}
