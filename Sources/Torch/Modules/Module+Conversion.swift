extension Module {
  /// Turns all parameters and buffers of fractions into another type; whole numbers stay. An
  /// optimiser is to be made afterwards.
  public func convert(to dtype: DType) {
    for entry in state where entry.tensor.dtype.isFloatingPoint {
      entry.tensor.replaceStorage(by: entry.tensor.detached().to(dtype))
    }
  }
}
