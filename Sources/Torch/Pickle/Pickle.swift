/// The content of a pickle.
struct Pickle {
  let path: String
  let root: PickleValue
  let objects: [PickleObject]

  /// Returns the object that a value refers to; nil if it refers to none.
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

  /// All references to storages, with repetitions.
  var storages: [StorageReference] {
    objects.compactMap { object in
      guard case .storage(let storage) = object else { return nil }
      return storage
    }
  }

  /// Returns the name of a value's kind for errors.
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

/// The classes and functions that a pickle may name. None of them is ever called: each stands for
/// the reader's own interpretation of its arguments.
enum PickleGlobal: Equatable {
  case orderedDictionary
  /// The function with the arguments storage, offset, shape and strides.
  case rebuildTensor
  /// The function with the same arguments and more, none of which concerns values.
  case rebuildTensorVersion2
  case rebuildParameter
  /// The class that PyTorch 0.1 wrote for parameters, for example in `vgg16-397923af.pth`.
  case parameter
  case storage(DType)

  /// The functions by module and name, such as `torch._utils._rebuild_tensor_v2`.
  static let named: [String: PickleGlobal] = {
    var named: [String: PickleGlobal] = [
      "collections.OrderedDict": .orderedDictionary,
      "torch._utils._rebuild_tensor": .rebuildTensor,
      "torch._utils._rebuild_tensor_v2": .rebuildTensorVersion2,
      "torch._utils._rebuild_parameter": .rebuildParameter,
      "torch.nn.parameter.Parameter": .parameter,
      // Bytes without a type, which PyTorch itself reads as 8-bit numbers.
      "torch.storage.UntypedStorage": .storage(.uint8),
    ]
    for type in DType.allCases {
      named["torch.\(type.storageClass)"] = .storage(type)
    }
    return named
  }()
}
