extension Unpickler {
  /// Follows an instruction for numbers and constants; false if it is another one.
  mutating func followNumber(_ opcode: PickleOpcode) throws(StateError) -> Bool {
    switch opcode {
    case .none: try push(.none)
    case .newTrue: try push(.boolean(true))
    case .newFalse: try push(.boolean(false))
    case .binInt: try push(.integer(Int(reader.littleEndian(Int32.self))))
    case .binInt1: try push(.integer(Int(reader.byte())))
    case .binInt2: try push(.integer(Int(reader.littleEndian(UInt16.self))))
    case .long1: try pushLong(reader.length(UInt8.self))
    case .long4: try pushLong(reader.length(Int32.self))
    case .binFloat:
      let bits = try reader.littleEndian(UInt64.self).byteSwapped
      try push(.number(Double(bitPattern: bits)))
    default: return false
    }
    return true
  }

  /// Follows an instruction for text and bytes; false if it is another one.
  mutating func followText(_ opcode: PickleOpcode) throws(StateError) -> Bool {
    switch opcode {
    case .shortBinUnicode, .shortBinString: try pushText(reader.length(UInt8.self))
    case .binUnicode: try pushText(reader.length(UInt32.self))
    case .binString: try pushText(reader.length(Int32.self))
    case .binUnicode8: try pushText(reader.length(UInt64.self))
    case .shortBinBytes: try pushBytes(reader.length(UInt8.self))
    case .binBytes: try pushBytes(reader.length(UInt32.self))
    case .binBytes8: try pushBytes(reader.length(UInt64.self))
    default: return false
    }
    return true
  }

  /// Pushes a number in two's complement of `count` bytes, the least significant first.
  private mutating func pushLong(_ count: Int) throws(StateError) {
    let bytes = try reader.bytes(count)
    guard count <= 8 else { return try push(.longInteger(bytes)) }
    let isNegative = bytes.last.map { $0 >= 0x80 } ?? false
    var number = isNegative ? -1 : 0
    for byte in bytes.reversed() { number = number << 8 | Int(byte) }
    try push(.integer(number))
  }

  private mutating func pushText(_ count: Int) throws(StateError) {
    try push(.text(reader.text(count)))
  }

  private mutating func pushBytes(_ count: Int) throws(StateError) {
    _ = try reader.skip(count)
    try push(.bytes)
  }
}

extension Unpickler {
  /// Follows an instruction for tuples, lists and dictionaries; false if it is another one.
  mutating func followContainer(_ opcode: PickleOpcode) throws(StateError) -> Bool {
    switch opcode {
    case .emptyTuple: try push(.tuple([]))
    case .tuple: try push(.tuple(popToMark()))
    case .tuple1: try push(.tuple(pop(1)))
    case .tuple2: try push(.tuple(pop(2)))
    case .tuple3: try push(.tuple(pop(3)))
    case .emptyList: try push(.list([]))
    case .list: try push(.list(popToMark()))
    case .append: try append(pop(1))
    case .appends: try append(popToMark())
    case .emptyDict: try push(.dictionary([]))
    case .dict: try push(.dictionary(pairs(popToMark())))
    case .setItem: try insert(pop(2))
    case .setItems: try insert(popToMark())
    default: return false
    }
    return true
  }

  /// Pops the topmost values, and returns the lowest first.
  private mutating func pop(_ count: Int) throws(StateError) -> [PickleValue] {
    var values: [PickleValue] = []
    for _ in 0..<count { values.append(try pop()) }
    return values.reversed()
  }

  /// Appends to the list on top of the stack.
  private mutating func append(_ items: [PickleValue]) throws(StateError) {
    let target = try top()
    guard case .object(let number) = target, case .list(var list) = objects[number] else {
      throw reader.failure("expected a list to append to \(place), found \(kind(of: target))")
    }
    // Otherwise two values would hold the elements, and each addition would copy them all.
    objects[number] = .bytes
    list += items
    objects[number] = .list(list)
  }

  /// Adds to the dictionary on top of the stack.
  private mutating func insert(_ items: [PickleValue]) throws(StateError) {
    let target = try top()
    guard case .object(let number) = target, case .dictionary(var list) = objects[number] else {
      throw reader.failure("expected a dictionary to add to \(place), found \(kind(of: target))")
    }
    let pairs = try pairs(items)
    objects[number] = .bytes
    list += pairs
    objects[number] = .dictionary(list)
  }

  private func pairs(
    _ items: [PickleValue]
  ) throws(StateError) -> [(key: PickleValue, value: PickleValue)] {
    guard items.count.isMultiple(of: 2) else {
      throw reader.failure("expected keys and values \(place), found \(items.count) in all")
    }
    return stride(from: 0, to: items.count, by: 2).map { (items[$0], items[$0 + 1]) }
  }
}
