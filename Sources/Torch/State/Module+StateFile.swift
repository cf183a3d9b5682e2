/// A module with keys that differ from those of older files.
public protocol RenamedState: Module {
  /// Returns the current key for a key of an older file, or the key itself if it has not changed.
  static func currentKey(for key: String) -> String
}

/// An error that reports a state that does not fit a module, such as another model's, or one with
/// another head.
public struct UnfitState: Error, Sendable, CustomStringConvertible {
  /// The file, or another name of the state.
  public let source: String
  /// The keys and shapes in which state and module differ.
  public let difference: StateDifference

  /// The source, and a line for each kind of difference.
  public var description: String {
    "\(source): the state does not fit the model:\n\(difference)"
  }
}

extension Module {
  /// Loads parameters and buffers from a file, `.safetensors` or a PyTorch checkpoint.
  ///
  /// Numbers are converted to the module's own type, on its own device. Files of PyTorch before
  /// 0.4.1 do not have the number of batches that normalisations have seen, and frozen
  /// normalisations do not either; this is not a difference.
  ///
  /// - Parameters:
  ///   - path: The path of the file.
  ///   - strict: Whether keys that only the file or only the module has are refused. Shapes
  ///     always have to fit.
  /// - Throws: A `StateError` if the file cannot be read or holds NaN or infinity, or an
  ///   `UnfitState` with all keys that do not fit; the module is not changed then.
  public func load(contentsOf path: String, strict: Bool = true) throws {
    try load(StoredState(contentsOf: path), from: path, strict: strict)
  }

  /// Loads parameters and buffers from an open file, as `load(contentsOf:strict:)` does. Prefixes
  /// that a training program put in front of all keys are left out.
  ///
  /// - Parameters:
  ///   - stored: The open file.
  ///   - source: The name of the state in errors.
  ///   - strict: Whether keys that only the file or only the module has are refused.
  ///   - isLoaded: Returns whether a key is loaded; tensors under other keys are kept, and are
  ///     not a difference.
  /// - Returns: The number of loaded tensors.
  /// - Throws: An `UnfitState` with all keys that do not fit, or a `StateError` for loaded
  ///   tensors with NaN or infinity; the module is not changed then.
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
  /// - Parameters:
  ///   - path: The path of the file.
  ///   - metadata: The metadata of the file.
  /// - Throws: A `StateError` if the file cannot be written.
  public func save(to path: String, metadata: [String: String] = [:]) throws {
    try SafetensorsWriter.write(
      state.map { NamedTensor($0.key, $0.tensor) }, metadata: metadata, to: path)
  }

  /// Returns whether a key is the count of batches of a normalisation that does not count them.
  private func isUncounted(_ key: String, in keys: Set<String>) -> Bool {
    let counter = "num_batches_tracked"
    guard key.hasSuffix(counter), !keys.contains(key) else { return false }
    return keys.contains(key.dropLast(counter.count) + "running_mean")
  }

  private func currentKey(for key: String) -> String {
    (self as? any RenamedState).map { type(of: $0).currentKey(for: key) } ?? key
  }
}
