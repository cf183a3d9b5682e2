/// What a pickle holds.
struct Pickle {
  let path: String
  let root: PickleValue
  let objects: [PickleObject]

  /// The object that a value names, if it names one.
  func object(_ value: PickleValue) -> PickleObject? {
    guard case .object(let number) = value else { return nil }
    return objects[number]
  }

  func text(_ value: PickleValue) -> String? {
    guard case .text(let text) = object(value) else { return nil }
    return text
  }

  func list(_ value: PickleValue) -> [PickleValue]? {
    guard case .list(let items) = object(value) else { return nil }
    return items
  }

  func dictionary(_ value: PickleValue) -> [(key: PickleValue, value: PickleValue)]? {
    guard case .dictionary(let items) = object(value) else { return nil }
    return items
  }

  func tensor(_ value: PickleValue) -> TensorReference? {
    guard case .tensor(let tensor) = object(value) else { return nil }
    return tensor
  }

  /// All storages that the pickle names, as often as it names them.
  var storages: [StorageReference] {
    objects.compactMap { object in
      guard case .storage(let storage) = object else { return nil }
      return storage
    }
  }

  /// What errors call a value.
  func kind(of value: PickleValue) -> String {
    switch value {
    case .none: "none"
    case .boolean: "a truth value"
    case .integer(let number): "the number \(number)"
    case .number(let number): "the number \(number)"
    case .object(let number): objects[number].kind
    }
  }
}
