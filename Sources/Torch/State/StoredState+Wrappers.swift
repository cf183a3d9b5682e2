extension StoredState {
  /// The prefixes that training programs put in front of every key: PyTorch's `DataParallel`,
  /// Lightning and `torch.compile`.
  private static let wrappers = ["module.", "model.", "_orig_mod."]

  /// The state without the prefixes of training programs, if every key has them: `fc.weight` for
  /// `module.fc.weight`.
  public var unwrapped: StoredState {
    let wrapper = Self.wrappers.first { prefix in
      !entries.isEmpty && entries.allSatisfy { $0.key.hasPrefix(prefix) }
    }
    return wrapper.map { part(under: $0).unwrapped } ?? self
  }
}
