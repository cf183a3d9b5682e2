import Files

/// A reader of one pickle that describes tensors, which executes nothing: names of classes and
/// functions other than `PickleGlobal`'s are refused at once.
///
/// Every instruction makes at most one object and one place on the stack, so that memory stays in
/// proportion to the file; nothing recurses. After an error the unpickler cannot be used again.
struct Unpickler {
  var reader: ByteReader
  private var stack: [PickleValue] = []
  /// The position on the stack of each open mark.
  private var marks: [Int] = []
  private var memo: [Int: PickleValue] = [:]
  /// The objects, by the numbers that values refer to them by.
  var objects: [PickleObject] = []

  /// The greatest number of objects, values on the stack, marks, and values in the memo.
  private let limit: Int

  /// Creates an unpickler.
  ///
  /// - Parameter limit: The greatest number of objects, which is far beyond any model's, as a
  ///   tensor takes about six.
  init(_ reader: ByteReader, limit: Int = 1 << 22) {
    self.reader = reader
    self.limit = limit
  }

  /// Reads to the end of the pickle and leaves `reader` after it.
  ///
  /// - Throws: A `StateError` for any pickle that does not describe tensors.
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

  /// Follows an instruction by its kind; each kind has a file of its own.
  private mutating func follow(_ opcode: PickleOpcode) throws(StateError) {
    if try followNumber(opcode) { return }
    if try followText(opcode) { return }
    if try followStack(opcode) { return }
    if try followContainer(opcode) { return }
    try followCall(opcode)
  }

  /// The place that errors name, which is that of the last instruction.
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

  /// Pops the topmost value; those under an open mark cannot be reached.
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

  /// Pops the values above the last mark, and the mark.
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

  /// Returns the name of a value's kind for errors.
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
  /// Follows an instruction that moves values between the stack and the memo; false if it is
  /// another one.
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
