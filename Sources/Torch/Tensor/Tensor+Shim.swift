import CTorch

/// Returns the tensor that an operation made; traps with the operation's name and libtorch's text
/// if it failed.
func made(_ pointer: OpaquePointer?, _ operation: StaticString = #function) -> Tensor {
  guard let pointer else { Runtime.fail("\(operation): \(lastError())") }
  return Tensor(owning: pointer)
}

/// Calls the body with tensors in the shim's form.
func withTensors<Result>(_ tensors: [Tensor], _ body: (ct_tensors) -> Result) -> Result {
  let pointers = tensors.map { Optional($0.pointer) }
  return withExtendedLifetime(tensors) {
    pointers.withUnsafeBufferPointer {
      body(ct_tensors(values: $0.baseAddress, count: Int32($0.count)))
    }
  }
}

extension Runtime {
  /// The state of the processor's generator, uint8 [K], which only the same version of libtorch
  /// accepts.
  ///
  /// Saved and set again, it lets a resumed training draw the same numbers.
  public static var generatorState: Tensor { made(ct_generator_state()) }

  /// Sets the state of the processor's generator, which then continues from it.
  ///
  /// - Throws: `TorchError` for a state that is not this libtorch's.
  public static func setGeneratorState(_ state: Tensor) throws(TorchError) {
    guard ct_set_generator_state(state.pointer) else { throw TorchError(lastError()) }
  }
}
