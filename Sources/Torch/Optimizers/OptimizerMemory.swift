import CTorch

/// The tensors that an optimiser keeps for each parameter from step to step.
public struct OptimizerMemory: Sendable {
  /// A kind of tensor, of which each parameter has one.
  struct Kind: Sendable {
    /// The name of the kind in PyTorch's spelling, such as `exp_avg`.
    let name: String
    /// A Boolean value that is true for a count of steps (int64 []), and false for a tensor like
    /// the parameter.
    var isCount = false
  }

  let kinds: [Kind]
  /// The tensors by kind, then by parameter; nil before a parameter's first step.
  private var tensors: [[Tensor?]]

  init(_ kinds: [Kind], of groups: [ParameterGroup]) {
    let count = groups.reduce(0) { $0 + $1.parameters.count }
    self.kinds = kinds
    tensors = kinds.map { _ in Array(repeating: nil, count: count) }
  }

  /// Lends the tensors of some parameters to the shim, an array for each kind, and keeps those that
  /// it creates.
  mutating func lend(
    _ parameters: Range<Int>, to step: ([UnsafeMutablePointer<OpaquePointer?>?]) -> Bool
  ) -> Bool {
    var pointers = tensors.flatMap { $0[parameters].map { $0?.pointer } }
    let succeeded = pointers.withUnsafeMutableBufferPointer { buffer in
      step(kinds.indices.map { kind in buffer.baseAddress.map { $0 + kind * parameters.count } })
    }
    for kind in kinds.indices {
      for (offset, parameter) in parameters.enumerated() where tensors[kind][parameter] == nil {
        let made = pointers[kind * parameters.count + offset]
        tensors[kind][parameter] = made.map { Tensor(owning: $0) }
      }
    }
    return succeeded
  }

  var entries: [StateEntry] {
    let count = tensors.first?.count ?? 0
    return (0..<count).flatMap { parameter in
      kinds.indices.compactMap { kind in
        tensors[kind][parameter].map { tensor in
          StateEntry(
            key: "\(parameter).\(kinds[kind].name)", tensor: tensor, isParameter: false)
        }
      }
    }
  }

  mutating func restore(_ state: [String: Tensor], of parameters: [Tensor]) throws {
    var restored = tensors
    var left = state
    for (number, parameter) in parameters.enumerated() {
      let found = kinds.map { left.removeValue(forKey: "\(number).\($0.name)") }
      let missing = zip(kinds, found).filter { $0.1 == nil }.map(\.0.name)
      guard missing.isEmpty || missing.count == kinds.count else {
        throw TorchError(
          "expected all of \(kinds.map(\.name).joined(separator: ", ")) for parameter \(number), "
            + "found none of \(missing.joined(separator: ", "))")
      }
      for (index, kind) in kinds.enumerated() {
        restored[index][number] = try found[index].map {
          try fitted($0, to: parameter, kind, key: "\(number).\(kind.name)")
        }
      }
    }
    if let key = left.keys.min() {
      throw TorchError(
        "expected the state of \(parameters.count) parameters, found an entry \(key)")
    }
    tensors = restored
  }

  /// Returns a copy in the parameter's memory layout, as the first step would have made it.
  private func fitted(
    _ tensor: Tensor, to parameter: Tensor, _ kind: Kind, key: String
  ) throws -> Tensor {
    let copy = kind.isCount ? Tensor(0) : parameter.detached().clone()
    guard tensor.shape == copy.shape, tensor.dtype == copy.dtype else {
      throw TorchError(
        "expected \(copy.dtype)\(copy.shape) for \(key), found \(tensor.dtype)\(tensor.shape)")
    }
    copy.copy(from: tensor)
    return copy
  }
}
