/// A tensor of a module's state and its key.
public struct StateEntry: Sendable {
  /// The key in PyTorch's spelling, such as `layer1.0.conv1.weight`.
  public let key: String
  /// The tensor, which shares its numbers with the module's.
  public let tensor: Tensor
  /// A Boolean value that is true for a parameter and false for a buffer.
  public let isParameter: Bool
}

extension Module {
  /// All parameters and buffers, in the order of PyTorch's state dictionary.
  public var state: [StateEntry] {
    var entries: [StateEntry] = []
    collect(into: &entries, under: "")
    return entries
  }

  /// The tensors that training changes, in the order of the state.
  public var parameters: [Tensor] {
    state.filter(\.isParameter).map(\.tensor)
  }

  /// The number of values that training changes.
  public var parameterCount: Int {
    parameters.reduce(0) { $0 + $1.count }
  }

  /// Removes the gradients of all parameters.
  public func zeroGradients() {
    for parameter in parameters { parameter.gradient = nil }
  }

  /// Makes the parameters trainable, or freezes them.
  public func setTrainable(_ trainable: Bool) {
    for parameter in parameters { parameter.requiresGradient = trainable }
  }

  /// Calls the body with every module in this one, itself included, outer modules first.
  public func forEachModule(_ body: (any Module) -> Void) {
    body(self)
    for part in parts {
      for (_, module) in modules(in: part) { module.forEachModule(body) }
    }
  }

  private func collect(into entries: inout [StateEntry], under prefix: String) {
    for part in parts {
      if let leaf = part.value as? any StatePart {
        guard let tensor = leaf.tensor else { continue }
        entries.append(
          StateEntry(key: prefix + part.key, tensor: tensor, isParameter: leaf.isParameter))
      }
      for (key, module) in modules(in: part) {
        module.collect(into: &entries, under: prefix + key + ".")
      }
    }
  }

  /// Returns the module of a part, or the modules of an array with their indices.
  private func modules(in part: ModulePart) -> [(key: String, module: any Module)] {
    if let module = part.value as? any Module { return [(part.key, module)] }
    guard let list = part.value as? [any Module] else { return [] }
    return list.enumerated().map { ("\(part.key).\($0.offset)", $0.element) }
  }
}
