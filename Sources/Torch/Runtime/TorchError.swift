import CTorch

/// Something of the world outside that libtorch or a file of tensors stumbled over.
public struct TorchError: Error, CustomStringConvertible, Sendable, Equatable {
  public let description: String

  public init(_ description: String) {
    self.description = description
  }
}

/// libtorch's text for the last thing that failed on this thread.
func lastError() -> String {
  String(cString: ct_last_error())
}

/// Traps if an operation that changes something failed.
func checked(_ succeeded: Bool, _ operation: StaticString = #function) {
  guard succeeded else { Runtime.fail("\(operation): \(lastError())") }
}

/// Hands numbers to the shim.
func withList<Result>(_ values: [Int], _ body: (ct_list) -> Result) -> Result {
  values.withUnsafeBufferPointer { buffer in
    buffer.withMemoryRebound(to: Int64.self) {
      body(ct_list(values: $0.baseAddress, count: Int32($0.count)))
    }
  }
}
