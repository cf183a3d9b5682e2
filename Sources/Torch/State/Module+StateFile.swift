/// A module whose keys once were others.
public protocol RenamedState: Module {
  /// The key that stands today for one of an older file; the key itself where it has not changed.
  static func currentKey(for key: String) -> String
}

/// A state that is not a module's: another model's, or one with another head.
public struct UnfitState: Error, Sendable, CustomStringConvertible {
  /// The file, or whatever else the state is called by.
  public let source: String
  public let difference: StateDifference

  /// The source, and a line for each kind of difference.
  public var description: String {
    "\(source): the state does not fit the model:\n\(difference)"
  }
}

extension Module {
  /// Takes over parameters and buffers from a file, `.safetensors` or a PyTorch checkpoint.
  ///
  /// Numbers become the module's own type, on the module's own device. Files of PyTorch before 0.4.1
  /// do not count the batches that normalisations have seen, and normalisations that stay as they
  /// are do not either; that is no difference.
  ///
  /// - Parameter strict: whether keys that are missing in the file, or in the module, are refused.
  ///   Shapes have to fit always.
  /// - Throws: A `StateError` where the file cannot be read or holds NaN or infinity, an `UnfitState`
  ///   with all keys that do not fit. The module is not changed then.
  public func load(contentsOf path: String, strict: Bool = true) throws {
    try load(StoredState(contentsOf: path), from: path, strict: strict)
  }

  /// Takes over parameters and buffers as `load(contentsOf:strict:)` does, from an open file. Prefixes
  /// that a training program put before all keys are left out.
  ///
  /// - Parameter isLoaded: which keys are taken over; whatever the module or the file has under
  ///   others stays as it is and is no difference.
  /// - Returns: how many tensors were taken over.
  /// - Throws: An `UnfitState` with all keys that do not fit, a `StateError` for tensors with NaN or
  ///   infinity among those that are taken over. The module is not changed then.
  @discardableResult
  public func load(
    _ stored: StoredState, from source: String, strict: Bool = true,
    only isLoaded: (_ key: String) -> Bool = { _ in true }
  ) throws -> Int {
    let state = state.filter { isLoaded($0.key) }
    let keys = Set(state.map(\.key))
    let isOwn = stored.entries.contains { keys.contains(currentKey(for: $0.key)) }
    let stored = isOwn ? stored : stored.unwrapped
    let entries = stored.entries.map { (key: currentKey(for: $0.key), tensor: $0.tensor) }
      .filter { isLoaded($0.key) && !isUncounted($0.key, in: keys) }
    let found = Dictionary(entries.map { ($0.key, $0.tensor) }) { first, _ in first }
    let wanted = state.filter { found[$0.key] != nil || !$0.key.hasSuffix("num_batches_tracked") }
    let difference = StateDifference(
      expected: wanted.map { KeyedShape($0.key, $0.tensor.shape) },
      found: entries.map { KeyedShape($0.key, $0.tensor.shape) })
    guard strict ? difference.isEmpty : difference.misshapen.isEmpty else {
      throw UnfitState(source: source, difference: difference)
    }
    let given = state.compactMap { entry in
      found[entry.key].map { (key: entry.key, own: entry.tensor, tensor: $0) }
    }
    try StateError.requireFinite(given.map { ($0.key, $0.tensor) }, in: source)
    for entry in given { entry.own.copy(from: Tensor(entry.tensor)) }
    return given.count
  }

  /// Writes all parameters and buffers as `.safetensors`, in the order of the state.
  ///
  /// - Parameter metadata: what the file says of itself.
  /// - Throws: A `StateError` where the disk refuses.
  public func save(to path: String, metadata: [String: String] = [:]) throws {
    try SafetensorsWriter.write(
      state.map { NamedTensor($0.key, $0.tensor) }, metadata: metadata, to: path)
  }

  /// Whether a file counts the batches of a normalisation that does not do so.
  private func isUncounted(_ key: String, in keys: Set<String>) -> Bool {
    let counter = "num_batches_tracked"
    guard key.hasSuffix(counter), !keys.contains(key) else { return false }
    return keys.contains(key.dropLast(counter.count) + "running_mean")
  }

  private func currentKey(for key: String) -> String {
    (self as? any RenamedState).map { type(of: $0).currentKey(for: key) } ?? key
  }
}
