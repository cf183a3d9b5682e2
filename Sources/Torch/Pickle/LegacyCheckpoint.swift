import Files

/// The reader of the files that `torch.save` wrote before PyTorch 1.6: five pickles (a magic
/// number, the version, the machine, the object, the keys of its storages), and then each storage's
/// number of elements (64 bits) and its bytes.
enum LegacyCheckpoint {
  /// The number 0x1950a86a20f9469cfc6c, the least significant byte first.
  private static let magic: [UInt8] = [
    0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19,
  ]
  private static let version = 1001

  /// Returns the tensors of a file.
  ///
  /// - Throws: A `StateError` for any file that is not a dictionary of tensors.
  static func read(_ file: MappedFile) throws(StateError) -> StoredState {
    var reader = ByteReader(file, 0..<file.count)
    try checkStart(&reader)
    let pickle = try nextPickle(&reader)
    let keys = try nextPickle(&reader)
    let types = try elementTypes(pickle)
    var storages: [String: Range<Int>] = [:]
    guard let list = keys.list(keys.root) else {
      throw reader.failure("expected the keys of storages, found \(keys.kind(of: keys.root))")
    }
    for value in list {
      guard let key = keys.text(value), let type = types[key] else {
        throw reader.failure("expected a storage's key that a tensor names")
      }
      guard storages.updateValue(try storage(key, type, &reader), forKey: key) == nil else {
        throw reader.failure("expected each storage once, found \(key.quotedForMessage) twice")
      }
    }
    return try TensorDictionary(pickle).state(file, storages)
  }

  private static func nextPickle(_ reader: inout ByteReader) throws(StateError) -> Pickle {
    var unpickler = Unpickler(reader)
    defer { reader = unpickler.reader }
    return try unpickler.load()
  }

  private static func checkStart(_ reader: inout ByteReader) throws(StateError) {
    let start = try nextPickle(&reader)
    guard case .longInteger(magic) = start.object(start.root) else {
      throw reader.failure(
        "expected the magic number of pytorch's files, found \(start.kind(of: start.root))")
    }
    let version = try nextPickle(&reader)
    guard version.root == .integer(Self.version) else {
      throw reader.failure(
        "expected version \(Self.version), found \(version.kind(of: version.root))")
    }
    let machine = try nextPickle(&reader)
    for (key, value) in machine.dictionary(machine.root) ?? []
    where machine.text(key) == "little_endian" && value != .boolean(true) {
      throw reader.failure("expected bytes of a little-endian machine")
    }
  }

  /// Returns the type of each storage, which its bytes do not determine.
  private static func elementTypes(
    _ pickle: Pickle
  ) throws(StateError) -> [String: DType] {
    var types: [String: DType] = [:]
    for storage in pickle.storages {
      let known = types.updateValue(storage.dtype, forKey: storage.key)
      guard known == nil || known == storage.dtype else {
        throw StateError(
          pickle.path,
          "expected one type of elements in storage \(storage.key.quotedForMessage), found two")
      }
    }
    return types
  }

  private static func storage(
    _ key: String, _ type: DType, _ reader: inout ByteReader
  ) throws(StateError) -> Range<Int> {
    let count = try reader.littleEndian(Int64.self)
    guard count >= 0, count <= reader.remaining / type.size else {
      throw reader.failure(
        "storage \(key.quotedForMessage) claims \(count) elements of \(type.size) bytes,"
          + " the file has \(reader.remaining) bytes more")
    }
    return try reader.skip(Int(count) * type.size)
  }
}
