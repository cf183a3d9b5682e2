/// A tensor that training changes; `@Parameter var weight: Tensor`.
@propertyWrapper
public struct Parameter<Value: StateValue>: StatePart, Sendable {
  // An optional property is nil at first, and what an initialiser gives it is set: `init` sees
  // only the nil.
  public var wrappedValue: Value {
    didSet { wrappedValue.tensor?.requiresGradient = true }
  }

  public init(wrappedValue: Value) {
    self.wrappedValue = wrappedValue
    wrappedValue.tensor?.requiresGradient = true
  }

  var tensor: Tensor? { wrappedValue.tensor }
  var isParameter: Bool { true }
}

/// A tensor that belongs to a state without being trained, such as running statistics.
@propertyWrapper
public struct Buffer<Value: StateValue>: StatePart, Sendable {
  public var wrappedValue: Value

  public init(wrappedValue: Value) {
    self.wrappedValue = wrappedValue
  }

  var tensor: Tensor? { wrappedValue.tensor }
  var isParameter: Bool { false }
}

/// A tensor of a state that may be absent, as a layer's bias.
public protocol StateValue: Sendable {
  var tensor: Tensor? { get }
}

extension Tensor: StateValue {
  public var tensor: Tensor? { self }
}

extension Tensor?: StateValue {
  public var tensor: Tensor? { self }
}

/// A parameter or a buffer, whatever its type.
protocol StatePart {
  var tensor: Tensor? { get }
  var isParameter: Bool { get }
}
