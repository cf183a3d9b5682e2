import Files

/// The content of a safetensors file's header, of which only the form is checked yet.
struct SafetensorsHeader {
  struct Item {
    var key: String
    var type: String
    var shape: [Int]
    /// The range of the tensor's bytes, counted from the start of the data.
    var offsets: Range<Int>
  }

  /// The greatest length of a header in bytes, which is the format's own limit.
  private static let mostBytes = 100_000_000
  private static let metadataKey = "__metadata__"

  /// The tensors, in the order of the header.
  private(set) var items: [Item] = []
  private(set) var metadata: [String: String] = [:]
  /// The number of bytes from the start of the file to the data.
  let dataStart: Int

  init(_ file: MappedFile) throws(StateError) {
    var reader = ByteReader(file, 0..<file.count)
    guard file.count >= 8 else {
      throw reader.failure("expected 8 bytes for the header's length, found \(file.count)")
    }
    let claimed = try reader.littleEndian(UInt64.self)
    guard let length = Int(exactly: claimed), length <= reader.remaining else {
      throw reader.failure("header claims \(claimed) bytes, the file has \(file.count)")
    }
    guard length <= Self.mostBytes else {
      throw reader.failure("header claims \(claimed) bytes, expected at most \(Self.mostBytes)")
    }
    dataStart = reader.offset + length
    var scanner = JSONHeaderScanner(ByteReader(file, reader.offset..<dataStart))
    try readMembers(&scanner)
    try scanner.expectEnd()
  }

  private mutating func readMembers(_ scanner: inout JSONHeaderScanner) throws(StateError) {
    var hasMetadata = false
    var members = scanner.startObject()
    while let key = try scanner.nextMember(&members) {
      guard key == Self.metadataKey else {
        items.append(try Self.item(key, &scanner))
        continue
      }
      guard !hasMetadata else { throw scanner.failure("expected \(key) once, found it twice") }
      hasMetadata = true
      metadata = try Self.metadata(&scanner)
    }
  }

  private static func metadata(
    _ scanner: inout JSONHeaderScanner
  ) throws(StateError) -> [String: String] {
    var metadata: [String: String] = [:]
    var members = scanner.startObject()
    while let name = try scanner.nextMember(&members) {
      guard metadata.updateValue(try scanner.string(), forKey: name) == nil else {
        throw scanner.failure(
          "expected each name once in \(metadataKey), found \(name.quotedForMessage) twice")
      }
    }
    return metadata
  }

  private static func item(
    _ key: String, _ scanner: inout JSONHeaderScanner
  ) throws(StateError) -> Item {
    let expected = "expected dtype, shape and data_offsets, once each"
    scanner.key = key
    defer { scanner.key = nil }
    var type: String?
    var shape: [Int]?
    var offsets: [Int]?
    var members = scanner.startObject()
    while let name = try scanner.nextMember(&members) {
      switch name {
      case "dtype" where type == nil: type = try scanner.string()
      case "shape" where shape == nil: shape = try scanner.integers()
      case "data_offsets" where offsets == nil: offsets = try scanner.integers()
      default: throw scanner.failure("\(expected), found \(name.quotedForMessage)")
      }
    }
    guard let type, let shape, let offsets else {
      let absent = type == nil ? "dtype" : shape == nil ? "shape" : "data_offsets"
      throw scanner.failure("\(expected), found no \(absent)")
    }
    guard offsets.count == 2, offsets[0] >= 0, offsets[0] <= offsets[1] else {
      throw scanner.failure("expected data_offsets of a start and an end, found \(offsets)")
    }
    return Item(key: key, type: type, shape: shape, offsets: offsets[0]..<offsets[1])
  }
}
