import CTorch

/// Takes over what an operation made; traps with the operation's name and libtorch's text.
func made(_ pointer: OpaquePointer?, _ operation: StaticString = #function) -> Tensor {
  guard let pointer else { Runtime.fail("\(operation): \(lastError())") }
  return Tensor(owning: pointer)
}

/// Hands tensors to the shim.
func withTensors<Result>(_ tensors: [Tensor], _ body: (ct_tensors) -> Result) -> Result {
  let pointers = tensors.map { Optional($0.pointer) }
  return withExtendedLifetime(tensors) {
    pointers.withUnsafeBufferPointer {
      body(ct_tensors(values: $0.baseAddress, count: Int32($0.count)))
    }
  }
}

extension Runtime {
  /// Where the processor's generator stands: uint8 [K], which only the same libtorch understands.
  ///
  /// Taken and set again, it lets a resumed training draw what it would have drawn.
  public static var generatorState: Tensor { made(ct_generator_state()) }

  /// Lets the processor's generator continue from where it stood.
  ///
  /// - Throws: `TorchError` for a state that is not this libtorch's.
  public static func setGeneratorState(_ state: Tensor) throws(TorchError) {
    guard ct_set_generator_state(state.pointer) else { throw TorchError(lastError()) }
  }
}
