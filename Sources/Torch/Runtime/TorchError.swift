import CTorch

/// An error of libtorch or of a file of tensors that has a cause outside the program.
public struct TorchError: Error, CustomStringConvertible, Sendable, Equatable {
  /// The message.
  public let description: String

  /// Creates an error with a message.
  public init(_ description: String) {
    self.description = description
  }
}

/// Returns libtorch's text for the last failure on this thread.
func lastError() -> String {
  String(cString: ct_last_error())
}

/// Traps if an operation that changes a tensor or a setting failed.
func checked(_ succeeded: Bool, _ operation: StaticString = #function) {
  guard succeeded else { Runtime.fail("\(operation): \(lastError())") }
}

/// Calls the body with numbers in the shim's form.
func withList<Result>(_ values: [Int], _ body: (ct_list) -> Result) -> Result {
  values.withUnsafeBufferPointer { buffer in
    buffer.withMemoryRebound(to: Int64.self) {
      body(ct_list(values: $0.baseAddress, count: Int32($0.count)))
    }
  }
}
