/// An error that reports detector parts or options that do not fit together.
public struct ModelConfigurationError: Error, CustomStringConvertible, Sendable, Equatable {
  /// The expectation and the value found instead.
  public let description: String
  /// The configuration keys that lead to the faulty value, such as `["anchors", "sizes"]`; empty if
  /// no single key is at fault.
  public var keys: [String]

  /// Creates an error with a description, at a path of configuration keys.
  public init(_ description: String, at keys: String...) {
    self.description = description
    self.keys = keys
  }

  /// Throws unless the condition holds.
  static func require(
    _ condition: Bool, at key: String? = nil, _ description: @autoclosure () -> String
  ) throws(ModelConfigurationError) {
    guard condition else {
      var error = ModelConfigurationError(description())
      if let key { error.keys = [key] }
      throw error
    }
  }

  /// Calls the body and prepends a key to the path of an error that it throws.
  static func within<Result>(
    _ key: String, _ body: () throws(ModelConfigurationError) -> Result
  ) throws(ModelConfigurationError) -> Result {
    do {
      return try body()
    } catch {
      var error = error
      error.keys.insert(key, at: 0)
      throw error
    }
  }
}
