/// An entry of a zip archive's directory.
struct ArchiveEntry {
  private static let signature: UInt32 = 0x0201_4B50
  /// The id of the extra field with the numbers that do not fit into 32 bits.
  private static let largeNumbers: UInt16 = 1

  let name: String
  let isEncrypted: Bool
  /// The method of compression; 0 for none.
  let method: UInt16
  let storedSize: UInt64
  let size: UInt64
  /// The CRC-32 of the contents.
  let checksum: UInt32
  /// The number of bytes from the start of the file to the entry's own header.
  let start: UInt64

  init(_ reader: inout ByteReader) throws(StateError) {
    guard try reader.littleEndian(UInt32.self) == Self.signature else {
      throw reader.failure(
        "expected an entry of the archive's directory before byte \(reader.offset)")
    }
    _ = try reader.skip(4)
    isEncrypted = try reader.littleEndian(UInt16.self) & 1 == 1
    method = try reader.littleEndian(UInt16.self)
    _ = try reader.skip(4)
    checksum = try reader.littleEndian(UInt32.self)
    let storedSize = try reader.littleEndian(UInt32.self)
    let size = try reader.littleEndian(UInt32.self)
    let nameLength = Int(try reader.littleEndian(UInt16.self))
    let extraLength = Int(try reader.littleEndian(UInt16.self))
    let commentLength = Int(try reader.littleEndian(UInt16.self))
    _ = try reader.skip(8)
    let start = try reader.littleEndian(UInt32.self)
    name = try reader.text(nameLength)
    var large = try Self.largeNumbers(ByteReader(reader.file, reader.skip(extraLength)))
    _ = try reader.skip(commentLength)
    // The field has only the numbers that are the largest of 32 bits, in this order.
    self.size = try large.number(size)
    self.storedSize = try large.number(storedSize)
    self.start = try large.number(start)
  }

  /// Returns a reader of the extra field, which is empty if there is none.
  private static func largeNumbers(_ reader: ByteReader) throws(StateError) -> ByteReader {
    var reader = reader
    while reader.remaining >= 4 {
      let identity = try reader.littleEndian(UInt16.self)
      let range = try reader.skip(Int(reader.littleEndian(UInt16.self)))
      if identity == largeNumbers { return ByteReader(reader.file, range) }
    }
    return ByteReader(reader.file, reader.offset..<reader.offset)
  }
}

extension ByteReader {
  fileprivate mutating func number(_ short: UInt32) throws(StateError) -> UInt64 {
    short == .max ? try littleEndian(UInt64.self) : UInt64(short)
  }
}
