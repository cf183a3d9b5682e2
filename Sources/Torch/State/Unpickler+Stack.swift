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
