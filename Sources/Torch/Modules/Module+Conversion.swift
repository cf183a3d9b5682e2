extension Module {
  /// Turns all parameters and buffers of fractions into another type; whole numbers stay. An
  /// optimiser is to be made afterwards.
  public func convert(to dtype: DType) {
    replaceStates { $0.dtype.isFloatingPoint ? $0.to(dtype) : $0 }
  }

  /// Moves all parameters and buffers to a device. An optimiser is to be made afterwards.
  public func move(to device: Device) {
    replaceStates { $0.to(device) }
  }

  private func replaceStates(_ replacement: (Tensor) -> Tensor) {
    for entry in state {
      entry.tensor.replaceStorage(by: replacement(entry.tensor.detached()))
    }
  }
}
