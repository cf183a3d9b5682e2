import Files

/// A file of partial results whose sections are checked when they are read.
public struct PartialFile: Sendable {
  /// The path as given.
  public let path: String
  /// The header: the verb, its parameters and the images covered.
  public let header: PartialHeader
  private let bytes: PartialBytes
  private let sections: [PartialWriter.Section]

  /// The results that the file holds: those of each input if results of several inputs were put
  /// together, or else the file itself.
  public var parts: [PartialFile] {
    get throws(PartialFault) {
      let starts = sections.indices.filter { sections[$0].name == PartialWriter.header }
      guard starts.count > 1 else { return [self] }
      let ends = starts.dropFirst() + [sections.endIndex]
      // The first header is that of all.
      return try zip(starts, ends).dropFirst().map { (start, end) throws(PartialFault) in
        try PartialFile(path, bytes, Array(sections[start..<end]))
      }
    }
  }

  /// Opens the file at `path`, which may be a pipe.
  ///
  /// - Throws: A `FileError` if it cannot be read; a `PartialFault` if it is something else or
  ///   incomplete.
  public init(_ path: String) throws {
    let bytes = try PartialBytes(path)
    try self.init(path, bytes, Self.sections(of: bytes))
  }

  private init(
    _ path: String, _ bytes: PartialBytes, _ sections: [PartialWriter.Section]
  ) throws(PartialFault) {
    (self.path, self.bytes, self.sections) = (path, bytes, sections)
    guard let first = sections.first, first.name == PartialWriter.header,
      let text = try Self.checked(first, of: bytes).string,
      let json = JSONTextParser().value(text)?.object
    else { throw PartialFault.damaged }
    header = try PartialHeader(json)
  }

  /// Returns the bytes of a section, empty if there is none of this name.
  ///
  /// - Throws: `PartialFault.damaged` if the checksum does not match.
  public func section(_ name: String) throws(PartialFault) -> PartialSection {
    guard let section = sections.first(where: { $0.name == name }) else {
      return PartialSection(bytes: bytes, range: 0..<0)
    }
    return try Self.checked(section, of: bytes)
  }

  /// Calls `body` with each section and its name.
  func forEachSection(_ body: (String, PartialSection) throws -> Void) throws {
    for section in sections { try body(section.name, Self.checked(section, of: bytes)) }
  }

  private static func checked(
    _ section: PartialWriter.Section, of bytes: PartialBytes
  ) throws(PartialFault) -> PartialSection {
    let range = section.offset..<(section.offset + section.count)
    var checksum: UInt32 = 0
    for start in stride(from: range.lowerBound, to: range.upperBound, by: checkedAtOnce) {
      let part = PartialSection(
        bytes: bytes, range: start..<min(start + checkedAtOnce, range.upperBound))
      checksum = part.withBytes { $0.checksum(after: checksum) }
      if range.count > checkedAtOnce { part.release() }
    }
    guard checksum == section.checksum else { throw .damaged }
    return PartialSection(bytes: bytes, range: range)
  }

  private static let checkedAtOnce = 8 << 20

  private static func sections(of bytes: PartialBytes) throws -> [PartialWriter.Section] {
    let all = PartialSection(bytes: bytes, range: 0..<bytes.count)
    let (magic, end) = (PartialWriter.magic, PartialWriter.end)
    let tail = 12 + end.count
    guard all.withBytes({ $0.starts(with: magic) }) else { throw PartialFault.notPartial }
    guard bytes.count >= magic.count + tail,
      all.withBytes({ $0.dropFirst($0.count - end.count).elementsEqual(end) })
    else {
      throw PartialFault.cut
    }
    let (length, checksum) = all.withBytes { all in
      (
        UInt64(littleEndian: all.loadUnaligned(fromByteOffset: all.count - tail, as: UInt64.self)),
        UInt32(
          littleEndian: all.loadUnaligned(fromByteOffset: all.count - tail + 8, as: UInt32.self))
      )
    }
    guard length <= UInt64(bytes.count - magic.count - tail) else { throw PartialFault.damaged }
    let start = bytes.count - tail - Int(length)
    let table = PartialSection(bytes: bytes, range: start..<(bytes.count - tail))
    guard table.withBytes({ $0.checksum(after: 0) }) == checksum, let text = table.string,
      let list = JSONTextParser().value(text)?.list
    else { throw PartialFault.damaged }
    return try list.map { value in
      guard let name = value.object?["name"]?.string, let offset = value.object?["offset"]?.integer,
        let count = value.object?["bytes"]?.integer, count >= 0, offset >= magic.count,
        offset <= start - count,
        let crc = value.object?["crc32"]?.integer.flatMap({ UInt32(exactly: $0) })
      else { throw PartialFault.damaged }
      return .init(name: name, offset: offset, count: count, checksum: crc)
    }
  }
}

/// The bytes of a section of partial results, kept alive with this value.
public struct PartialSection: Sendable {
  fileprivate let bytes: PartialBytes
  /// The section's bytes in the file.
  public let range: Range<Int>

  /// The number of bytes.
  public var count: Int { range.count }

  /// Calls `body` with the bytes, which are valid for its duration only.
  public func withBytes<Result>(
    _ body: (UnsafeRawBufferPointer) throws -> Result
  ) rethrows -> Result {
    try withExtendedLifetime(bytes) {
      try body(UnsafeRawBufferPointer(rebasing: bytes.buffer[range]))
    }
  }

  /// Lets go of the memory of a section that is read again later, or never.
  func release() { bytes.release(range) }

  /// Returns the section of some of the bytes, counted from its start.
  func part(_ part: Range<Int>) -> PartialSection {
    PartialSection(
      bytes: bytes,
      range: range.lowerBound + part.lowerBound..<range.lowerBound + part.upperBound)
  }

  /// Returns a cursor at byte `offset` of the section, which must outlive the cursor.
  public func cursor(at offset: Int = 0) -> PartialCursor {
    PartialCursor(UnsafeRawBufferPointer(rebasing: bytes.buffer[range]), at: offset)
  }

  /// The bytes as a string; nil if they are not UTF-8.
  public var string: String? {
    withBytes { String(validating: $0.bindMemory(to: UInt8.self), as: UTF8.self) }
  }
}

/// The bytes of a file, mapped; those of a pipe are in memory.
final class PartialBytes: Sendable {
  private let mapped: MappedFile?
  private let address: UInt
  let count: Int

  init(_ path: String) throws {
    do {
      let file = try MappedFile(path)
      (mapped, count) = (file, file.count)
      address = UInt(bitPattern: file.pointer(at: 0))
    } catch {
      let bytes = try InputFile.contents(path)
      let copy = UnsafeMutableRawPointer.allocate(byteCount: max(bytes.count, 1), alignment: 8)
      copy.copyMemory(from: bytes, byteCount: bytes.count)
      (mapped, count) = (nil, bytes.count)
      address = UInt(bitPattern: copy)
    }
  }

  deinit {
    if mapped == nil { UnsafeMutableRawPointer(bitPattern: address)?.deallocate() }
  }

  /// Lets go of the memory of bytes that are mapped.
  func release(_ range: Range<Int>) { mapped?.release(range) }

  var buffer: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: UnsafeRawPointer(bitPattern: address), count: count)
  }
}
