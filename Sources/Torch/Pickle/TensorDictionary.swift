import Files

/// The dictionary of tensors in a pickle: the pickle itself, or, if a training program stored it
/// among other things, the value under `model`, `state_dict` or `model_state_dict`.
struct TensorDictionary {
  private static let wrappers = ["model", "state_dict", "model_state_dict"]
  private static let mostListed = 10

  private let pickle: Pickle
  private let items: [(key: PickleValue, value: PickleValue)]

  /// Finds the dictionary in a pickle.
  ///
  /// - Throws: A `StateError` if there is none.
  init(_ pickle: Pickle) throws(StateError) {
    self.pickle = pickle
    guard let outer = pickle.dictionary(pickle.root) else {
      throw StateError(
        pickle.path, "expected a dictionary of tensors, found \(pickle.kind(of: pickle.root))")
    }
    if outer.isEmpty || outer.contains(where: { pickle.tensor($0.value) != nil }) {
      items = outer
      return
    }
    for wrapper in Self.wrappers {
      guard let inner = outer.first(where: { pickle.text($0.key) == wrapper }) else { continue }
      guard let items = pickle.dictionary(inner.value) else {
        throw StateError(
          pickle.path, key: wrapper,
          "expected a dictionary of tensors, found \(pickle.kind(of: inner.value))")
      }
      self.items = items
      return
    }
    let keys = outer.prefix(Self.mostListed).map { item in
      pickle.text(item.key)?.quotedForMessage ?? pickle.kind(of: item.key)
    }
    let more = outer.count > keys.count ? " and \(outer.count - keys.count) more" : ""
    let wrappers = Self.wrappers.map { $0.quotedForMessage }.joined(separator: ", ")
    throw StateError(
      pickle.path,
      "expected a dictionary of tensors, or one under \(wrappers),"
        + " found the keys \(keys.joined(separator: ", "))\(more)")
  }

  /// Returns the tensors in the file.
  ///
  /// - Parameters:
  ///   - file: The file.
  ///   - storages: The range of each storage's bytes, by its key.
  /// - Throws: A `StateError` with the key of a tensor that its storage does not hold, or of a
  ///   value that is not a tensor.
  func state(
    _ file: MappedFile, _ storages: [String: Range<Int>]
  ) throws(StateError) -> StoredState {
    var entries: [StoredState.Entry] = []
    for (key, value) in items {
      guard let key = pickle.text(key) else {
        throw StateError(
          file.path, "expected text as a tensor's key, found \(pickle.kind(of: key))")
      }
      guard let reference = pickle.tensor(value) else {
        throw StateError(
          file.path, key: key, "expected a tensor, found \(pickle.kind(of: value))")
      }
      entries.append(.init(key: key, tensor: try tensor(key, reference, file, storages)))
    }
    return try StoredState(entries, path: file.path)
  }

  private func tensor(
    _ key: String, _ reference: TensorReference, _ file: MappedFile,
    _ storages: [String: Range<Int>]
  ) throws(StateError) -> StoredTensor {
    let layout = try TensorLayout(
      shape: reference.shape, strides: reference.strides, path: file.path, key: key)
    let range = try elements(of: reference.storage, key, file, storages)
    return try StoredTensor(
      reference.storage.dtype, layout, firstElement: reference.offset, storage: range,
      file: file, key: key)
  }

  /// Returns the range of a storage, or of the part of it that is meant, in the file.
  private func elements(
    of storage: StorageReference, _ key: String, _ file: MappedFile,
    _ storages: [String: Range<Int>]
  ) throws(StateError) -> Range<Int> {
    guard let range = storages[storage.key] else {
      throw StateError(
        file.path, key: key,
        "expected a storage \(storage.key.quotedForMessage) in the file, found none")
    }
    let size = storage.dtype.size
    guard storage.count <= range.count / size else {
      throw StateError(
        file.path, key: key,
        "storage \(storage.key.quotedForMessage) claims \(storage.count) elements of \(size) bytes,"
          + " the file has \(range.count) bytes of it")
    }
    let view = storage.view ?? StorageReference.View(offset: 0, count: storage.count)
    let start = range.lowerBound + view.offset * size
    return start..<start + view.count * size
  }
}
