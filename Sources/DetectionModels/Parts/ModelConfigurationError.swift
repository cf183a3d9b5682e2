/// A detector put together of parts that do not fit each other.
public struct ModelConfigurationError: Error, CustomStringConvertible, Sendable, Equatable {
  /// What was expected and what stood there.
  public let description: String

  public init(_ description: String) {
    self.description = description
  }

  /// Throws unless the condition holds.
  static func require(
    _ condition: Bool, _ description: @autoclosure () -> String
  ) throws(ModelConfigurationError) {
    guard condition else { throw ModelConfigurationError(description()) }
  }
}
