/// The classes and functions that a pickle may name. None of them is ever called: each stands for
/// what this reader makes of its arguments.
enum PickleGlobal: Equatable {
  case orderedDictionary
  /// Storage, offset, shape and strides.
  case rebuildTensor
  /// The same and more, of which nothing concerns values.
  case rebuildTensorVersion2
  case rebuildParameter
  /// As PyTorch 0.1 wrote parameters, `vgg16-397923af.pth` for one.
  case parameter
  case storage(DType)

  /// By module and name, as in `torch._utils._rebuild_tensor_v2`.
  static let named: [String: PickleGlobal] = {
    var named: [String: PickleGlobal] = [
      "collections.OrderedDict": .orderedDictionary,
      "torch._utils._rebuild_tensor": .rebuildTensor,
      "torch._utils._rebuild_tensor_v2": .rebuildTensorVersion2,
      "torch._utils._rebuild_parameter": .rebuildParameter,
      "torch.nn.parameter.Parameter": .parameter,
      // Bytes without a type, which PyTorch itself takes for numbers of 8 bits.
      "torch.storage.UntypedStorage": .storage(.uint8),
    ]
    for type in DType.allCases {
      named["torch.\(type.storageClass)"] = .storage(type)
    }
    return named
  }()
}
