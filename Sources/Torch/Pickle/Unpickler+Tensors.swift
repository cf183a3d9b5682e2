extension Unpickler {
  /// Returns a tensor from the arguments of PyTorch's functions that rebuild one.
  func tensor(
    _ arguments: [PickleValue], _ counts: ClosedRange<Int>
  ) throws(StateError) -> TensorReference {
    guard counts.contains(arguments.count) else {
      throw reader.failure(
        "expected \(counts.lowerBound) arguments of a tensor \(place), found \(arguments.count)")
    }
    guard case .storage(let storage) = object(arguments[0]) else {
      throw reader.failure(
        "expected a tensor's storage \(place), found \(kind(of: arguments[0]))")
    }
    return TensorReference(
      storage: storage, offset: try integer(arguments[1], "a tensor's offset"),
      shape: try integers(arguments[2], "a tensor's shape"),
      strides: try integers(arguments[3], "a tensor's strides"))
  }

  /// Returns a storage from the tuple `('storage', class, key, location, elements)` by which
  /// PyTorch refers to it; before 1.6, none or the `(key, offset, elements)` of a part follows.
  func storage(_ identity: PickleValue) throws(StateError) -> StorageReference {
    guard case .tuple(let parts) = object(identity), parts.count == 5 || parts.count == 6,
      case .text("storage") = object(parts[0]), case .global(.storage(let type)) = object(parts[1]),
      case .text(let key) = object(parts[2]), case .text = object(parts[3])
    else {
      throw reader.failure(
        "expected a storage's type, key, location and size \(place), found \(kind(of: identity))")
    }
    let count = try integer(parts[4], "a storage's size")
    guard count >= 0 else {
      throw reader.failure("expected a storage of 0 elements and more \(place), found \(count)")
    }
    var storage = StorageReference(key: key, dtype: type, count: count)
    if parts.count == 6, parts[5] != .none { storage.view = try view(parts[5], of: count) }
    return storage
  }

  private func view(
    _ value: PickleValue, of total: Int
  ) throws(StateError) -> StorageReference.View {
    guard case .tuple(let parts) = object(value), parts.count == 3 else {
      throw reader.failure("expected a part of a storage \(place), found \(kind(of: value))")
    }
    let offset = try integer(parts[1], "the offset of a storage's part")
    let count = try integer(parts[2], "the size of a storage's part")
    guard offset >= 0, count >= 0, offset <= total, count <= total - offset else {
      throw reader.failure(
        "expected a part of a storage of \(total) elements \(place), found \(count) from \(offset)")
    }
    return StorageReference.View(offset: offset, count: count)
  }

  private func integers(_ value: PickleValue, _ wanted: String) throws(StateError) -> [Int] {
    let items: [PickleValue]
    switch object(value) {
    case .tuple(let values), .list(let values): items = values
    default:
      throw reader.failure("expected \(wanted) \(place), found \(kind(of: value))")
    }
    var numbers: [Int] = []
    for item in items { numbers.append(try integer(item, wanted)) }
    return numbers
  }

  private func integer(_ value: PickleValue, _ wanted: String) throws(StateError) -> Int {
    guard case .integer(let number) = value else {
      throw reader.failure("expected \(wanted) as a number \(place), found \(kind(of: value))")
    }
    return number
  }
}
