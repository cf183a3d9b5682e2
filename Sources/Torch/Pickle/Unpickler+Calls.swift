extension Unpickler {
  /// Follows an instruction that names, calls or fills a class or function in Python; nothing is
  /// called here.
  mutating func followCall(_ opcode: PickleOpcode) throws(StateError) {
    switch opcode {
    case .global: try pushGlobal(module: reader.line(), name: reader.line())
    case .stackGlobal:
      let name = try pop()
      let module = try pop()
      guard case .text(let name) = object(name), case .text(let module) = object(module) else {
        throw reader.failure("expected the name of a class or function \(place)")
      }
      try pushGlobal(module: module, name: name)
    case .reduce, .newObject:
      let arguments = try pop()
      let callee = try pop()
      guard case .global(let global) = object(callee) else {
        throw reader.failure("expected a class or function \(place), found \(kind(of: callee))")
      }
      guard case .tuple(let values) = object(arguments) else {
        throw reader.failure("expected a tuple \(place), found \(kind(of: arguments))")
      }
      try pushResult(of: global, values)
    case .build: try ignoreAttributes()
    case .binPersistentID:
      let identity = try pop()
      try push(.storage(storage(identity)))
    default: throw reader.failure("expected another instruction \(place), found \(opcode)")
    }
  }

  private mutating func pushGlobal(module: String, name: String) throws(StateError) {
    let name = "\(module).\(name)"
    guard let global = PickleGlobal.named[name] else {
      throw reader.failure("refuses \(name.quotedForMessage): only tensors are read")
    }
    try push(.global(global))
  }

  private mutating func pushResult(
    of global: PickleGlobal, _ arguments: [PickleValue]
  ) throws(StateError) {
    switch global {
    case .orderedDictionary: try push(.dictionary(orderedPairs(arguments)))
    case .rebuildTensor: try push(.tensor(tensor(arguments, 4...4)))
    case .rebuildTensorVersion2: try push(.tensor(tensor(arguments, 6...7)))
    case .rebuildParameter, .parameter:
      guard let first = arguments.first, case .tensor = object(first) else {
        throw reader.failure("expected a parameter's tensor \(place)")
      }
      try push(first)
    case .storage: throw reader.failure("expected no call of a storage's class \(place)")
    }
  }

  /// Returns the items of an ordered dictionary: Python 2 passes them as a list of lists, while
  /// newer versions pass nothing and add them afterwards.
  private func orderedPairs(
    _ arguments: [PickleValue]
  ) throws(StateError) -> [(key: PickleValue, value: PickleValue)] {
    guard let argument = arguments.first else { return [] }
    let failure = reader.failure("expected a list of keys and values \(place)")
    guard arguments.count == 1, case .list(let items) = object(argument) else { throw failure }
    var pairs: [(key: PickleValue, value: PickleValue)] = []
    for item in items {
      switch object(item) {
      case .list(let pair) where pair.count == 2, .tuple(let pair) where pair.count == 2:
        pairs.append((pair[0], pair[1]))
      default: throw failure
      }
    }
    return pairs
  }

  /// Skips attributes, which hold versions of modules (`_metadata`) and hooks, and nothing about
  /// tensors.
  private mutating func ignoreAttributes() throws(StateError) {
    _ = try pop()
    let target = try top()
    switch object(target) {
    case .dictionary, .tensor: return
    default:
      throw reader.failure(
        "expected the attributes of a dictionary or tensor \(place),"
          + " found those of \(kind(of: target))")
    }
  }
}
