import Files

/// Reads one pickle that describes tensors, and executes nothing: names of classes and functions
/// other than `PickleGlobal`'s are refused where they stand.
///
/// Every instruction makes at most one object and one place on the stack, so that memory stays in
/// proportion to the file; nothing recurses. After an error the unpickler is of no more use.
struct Unpickler {
  var reader: ByteReader
  private var stack: [PickleValue] = []
  /// Where on the stack each open mark lies.
  private var marks: [Int] = []
  private var memo: [Int: PickleValue] = [:]
  /// The objects, by the numbers that values refer to them by.
  var objects: [PickleObject] = []

  /// How many objects, values on the stack, marks, and values in the memo there may be.
  private let limit: Int

  /// - Parameter limit: Of objects. Far beyond any model's, as a tensor takes about six.
  init(_ reader: ByteReader, limit: Int = 1 << 22) {
    self.reader = reader
    self.limit = limit
  }

  /// Reads to the end of the pickle, behind which `reader` then stands.
  ///
  /// - Throws: A `StateError` for whatever is not a description of tensors.
  mutating func load() throws(StateError) -> Pickle {
    while true {
      let place = reader.offset
      let code = try reader.byte()
      guard let opcode = PickleOpcode(rawValue: code) else {
        throw reader.failure(
          "expected a pickle of tensors, found the instruction \(code) at byte \(place)")
      }
      if opcode == .stop {
        let root = try pop()
        guard stack.isEmpty, marks.isEmpty else {
          throw reader.failure("expected a pickle of one value, found more at byte \(place)")
        }
        return Pickle(path: reader.file.path, root: root, objects: objects)
      }
      try follow(opcode)
    }
  }

  /// The instructions by what they are about; each kind in a file of its own.
  private mutating func follow(_ opcode: PickleOpcode) throws(StateError) {
    if try followNumber(opcode) { return }
    if try followText(opcode) { return }
    if try followStack(opcode) { return }
    if try followContainer(opcode) { return }
    try followCall(opcode)
  }

  /// The place that errors name: where the last instruction stands.
  var place: String { "before byte \(reader.offset)" }

  mutating func push(_ value: PickleValue) throws(StateError) {
    guard stack.count < limit else {
      throw reader.failure("expected a stack of at most \(limit) values")
    }
    stack.append(value)
  }

  mutating func push(_ object: PickleObject) throws(StateError) {
    guard objects.count < limit else {
      throw reader.failure("expected at most \(limit) objects in a pickle, found more")
    }
    objects.append(object)
    try push(.object(objects.count - 1))
  }

  /// Takes the topmost value; those under an open mark are out of reach.
  mutating func pop() throws(StateError) -> PickleValue {
    let value = try top()
    stack.removeLast()
    return value
  }

  func top() throws(StateError) -> PickleValue {
    guard let value = stack.last, stack.count > marks.last ?? 0 else {
      throw reader.failure("expected a value on the pickle's stack \(place), found none")
    }
    return value
  }

  mutating func mark() throws(StateError) {
    guard marks.count < limit else {
      throw reader.failure("expected at most \(limit) marks in a pickle, found more")
    }
    marks.append(stack.count)
  }

  /// Takes the values above the last mark, and the mark.
  mutating func popToMark() throws(StateError) -> [PickleValue] {
    guard let mark = marks.popLast() else {
      throw reader.failure("expected a mark on the pickle's stack \(place), found none")
    }
    defer { stack.removeLast(stack.count - mark) }
    return Array(stack[mark...])
  }

  func object(_ value: PickleValue) -> PickleObject? {
    guard case .object(let number) = value else { return nil }
    return objects[number]
  }

  /// What errors call a value.
  func kind(of value: PickleValue) -> String {
    Pickle(path: reader.file.path, root: value, objects: objects).kind(of: value)
  }

  mutating func remember(_ number: Int?) throws(StateError) {
    guard memo.count < limit else {
      throw reader.failure("expected a memo of at most \(limit) values")
    }
    memo[number ?? memo.count] = try top()
  }

  mutating func recall(_ number: Int) throws(StateError) {
    guard let value = memo[number] else {
      throw reader.failure("expected value \(number) in the pickle's memo \(place), found none")
    }
    try push(value)
  }
}

extension Unpickler {
  /// What moves values between the stack and the memo. False where the instruction does not.
  mutating func followStack(_ opcode: PickleOpcode) throws(StateError) -> Bool {
    switch opcode {
    case .proto: try checkProtocol()
    case .frame: _ = try reader.length(UInt64.self)
    case .mark: try mark()
    case .pop: _ = try pop()
    case .popMark: _ = try popToMark()
    case .dup: try push(top())
    case .binGet: try recall(Int(reader.byte()))
    case .longBinGet: try recall(Int(reader.littleEndian(UInt32.self)))
    case .binPut: try remember(Int(reader.byte()))
    case .longBinPut: try remember(Int(reader.littleEndian(UInt32.self)))
    case .memoize: try remember(nil)
    default: return false
    }
    return true
  }

  private mutating func checkProtocol() throws(StateError) {
    let version = try reader.byte()
    guard (2...5).contains(version) else {
      throw reader.failure("expected a pickle of protocol 2 to 5, found \(version)")
    }
  }
}
