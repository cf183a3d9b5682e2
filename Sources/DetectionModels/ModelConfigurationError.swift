/// A detector put together of parts that do not fit each other.
public struct ModelConfigurationError: Error, CustomStringConvertible, Sendable, Equatable {
  /// What was expected and what stood there.
  public let description: String
  /// What is at fault, as a configuration calls it: `["anchors", "sizes"]`; empty where that is not
  /// one thing.
  public var keys: [String]

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

  /// Calls the body; what it throws is at fault under a key.
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
