import CZlib
import Files

/// A zip archive whose entries are not compressed, as PyTorch writes it.
///
/// Large archives (zip64) are supported.
struct StoredArchive {
  private static let endSignature: UInt32 = 0x0605_4B50
  private static let end64Signature: UInt32 = 0x0606_4B50
  private static let locatorSignature: UInt32 = 0x0706_4B50
  private static let entrySignature: UInt32 = 0x0403_4B50

  private var entries: [String: ArchiveEntry] = [:]
  private let file: MappedFile

  /// Reads the directory of an archive.
  ///
  /// - Throws: A `StateError` if the archive is truncated or its directory contradicts itself.
  init(_ file: MappedFile) throws(StateError) {
    self.file = file
    let directory = try findDirectory()
    var reader = ByteReader(file, directory.range)
    for _ in 0..<directory.count {
      let entry = try ArchiveEntry(&reader)
      guard entries.updateValue(entry, forKey: entry.name) == nil else {
        throw failure("expected each entry once, found \(entry.name.quotedForMessage) twice")
      }
    }
  }

  var names: [String] { entries.keys.sorted() }

  private func failure(_ message: String) -> StateError {
    StateError(file.path, message)
  }

  private func reader(at offset: Int, _ wanted: String) throws(StateError) -> ByteReader {
    guard offset >= 0, offset <= file.count else {
      throw failure("expected \(wanted) within \(file.count) bytes, found it at byte \(offset)")
    }
    return ByteReader(file, offset..<file.count)
  }

  private func number(_ value: UInt64, _ wanted: String) throws(StateError) -> Int {
    guard let number = Int(exactly: value) else {
      throw failure("expected \(wanted) within the file, found \(value)")
    }
    return number
  }

  /// Returns the place of the directory, from the record at the end, which only its comment
  /// follows.
  private func findDirectory() throws(StateError) -> (range: Range<Int>, count: Int) {
    let (recordSize, longestComment) = (22, 65535)
    var place = file.count - recordSize
    while place >= max(0, file.count - recordSize - longestComment) {
      var reader = ByteReader(file, place..<file.count)
      if try reader.littleEndian(UInt32.self) == Self.endSignature {
        _ = try reader.skip(6)
        let count = UInt64(try reader.littleEndian(UInt16.self))
        let size = UInt64(try reader.littleEndian(UInt32.self))
        let start = UInt64(try reader.littleEndian(UInt32.self))
        if Int(try reader.littleEndian(UInt16.self)) == reader.remaining {
          if let large = try findLargeDirectory(before: place) { return large }
          return try directory(start, size, count)
        }
      }
      place -= 1
    }
    throw failure("expected a zip archive's directory at the end, found none: the file is cut")
  }

  private func findLargeDirectory(
    before place: Int
  ) throws(StateError) -> (range: Range<Int>, count: Int)? {
    guard place >= 20 else { return nil }
    var locator = try reader(at: place - 20, "a locator")
    guard try locator.littleEndian(UInt32.self) == Self.locatorSignature else { return nil }
    _ = try locator.skip(4)
    let wanted = "a directory's record"
    var record = try reader(at: number(locator.littleEndian(UInt64.self), wanted), wanted)
    guard try record.littleEndian(UInt32.self) == Self.end64Signature else {
      throw failure("expected \(wanted) at byte \(record.offset - 4)")
    }
    _ = try record.skip(28)
    let count = try record.littleEndian(UInt64.self)
    let size = try record.littleEndian(UInt64.self)
    let start = try record.littleEndian(UInt64.self)
    return try directory(start, size, count)
  }

  private func directory(
    _ start: UInt64, _ size: UInt64, _ count: UInt64
  ) throws(StateError) -> (range: Range<Int>, count: Int) {
    var reader = try reader(at: number(start, "a directory"), "a directory")
    let range = try reader.skip(number(size, "a directory's size"))
    return (range, try number(count, "a number of entries"))
  }

  /// Returns the range of an entry's contents in the file; nil if there is no such entry.
  ///
  /// - Throws: A `StateError` if they are compressed, encrypted, damaged or not at the
  ///   directory's place.
  func contents(of name: String) throws(StateError) -> Range<Int>? {
    guard let entry = entries[name] else { return nil }
    let name = name.quotedForMessage
    guard !entry.isEncrypted else {
      throw failure("expected entries without a password, found \(name) with one")
    }
    guard entry.method == 0, entry.storedSize == entry.size else {
      throw failure("expected stored entries, found \(name) compressed (method \(entry.method))")
    }
    var header = try reader(at: number(entry.start, "entry \(name)"), "entry \(name)")
    guard try header.littleEndian(UInt32.self) == Self.entrySignature else {
      throw failure("expected entry \(name) at byte \(entry.start), found something else")
    }
    _ = try header.skip(22)
    let nameLength = Int(try header.littleEndian(UInt16.self))
    _ = try header.skip(nameLength + Int(try header.littleEndian(UInt16.self)))
    let size = try number(entry.size, "entry \(name)")
    guard size <= header.remaining else {
      throw failure("expected \(size) bytes of entry \(name), found \(header.remaining)")
    }
    let range = try header.skip(size)
    try check(range, of: entry)
    return range
  }

  private func check(_ range: Range<Int>, of entry: ArchiveEntry) throws(StateError) {
    let checksum = file.withUnsafeBytes(in: range) { bytes in
      UInt32(crc32_z(0, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count))
    }
    guard checksum == entry.checksum else {
      throw failure(
        "expected the checksum \(entry.checksum.hexadecimal) of entry "
          + "\(entry.name.quotedForMessage), found \(checksum.hexadecimal): the file is damaged")
    }
  }
}

extension UInt32 {
  /// The number in eight hexadecimal digits.
  fileprivate var hexadecimal: String {
    let digits = String(self, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }
}
