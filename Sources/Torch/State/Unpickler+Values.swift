extension Unpickler {
  /// Numbers and constants. False where the instruction is none of them.
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

  /// Text and bytes. False where the instruction is neither.
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

  /// A number in two's complement of `count` bytes, the least first.
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
