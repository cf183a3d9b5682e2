extension Module {
  /// Lays the weights of all convolutions in memory with channels side by side, or row-major; what
  /// they make follows. oneDNN then needs not reorder pictures at every convolution.
  public func lay(_ layout: Layout) {
    forEachModule { module in
      guard let convolve = module as? any Convolution else { return }
      let layout: Layout =
        layout == .contiguous
        ? .contiguous : convolve.weight.rank == 5 ? .channelsLast3d : .channelsLast
      convolve.weight.replaceStorage(by: convolve.weight.detached().contiguous(layout))
    }
  }

  /// Moves the whole state to a device.
  public func move(to device: Device) {
    for entry in state { entry.tensor.replaceStorage(by: entry.tensor.detached().to(device)) }
  }
}
