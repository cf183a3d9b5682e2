internal import CZlib

/// A writer of partial results: a header and named sections of bytes, each with a checksum,
/// followed by their places. It only appends, so that it can write to a pipe.
public final class PartialWriter {
  static let magic: [UInt8] = Array("copra partial\r\n\u{1A}".utf8)
  /// The name of the section that begins results.
  static let header = "header"
  static let end: [UInt8] = Array("copra.\u{1A}\n".utf8)
  private static let blockSize = 1 << 20

  /// A section that has been written.
  struct Section: Equatable {
    var name: String
    var offset: Int
    var count = 0
    var checksum: UInt32 = 0
  }

  private let sink: ([UInt8]) throws -> Void
  private var sections: [Section] = []
  private var block: [UInt8] = []
  private var written = 0

  /// Begins a file whose bytes go to `sink`.
  public init(_ header: PartialHeader, to sink: @escaping ([UInt8]) throws -> Void) throws {
    self.sink = sink
    try sink(Self.magic)
    written = Self.magic.count
    try begin(Self.header)
    var output = JSONOutput()
    output.append(.object(header.json))
    try append(output.bytes)
  }

  /// Begins a section, which ends at the start of the next one.
  public func begin(_ name: String) throws {
    try flush()
    sections.append(Section(name: name, offset: written))
  }

  /// Adds the results of a whole file, its header included.
  public func add(_ file: PartialFile) throws {
    try file.forEachSection { name, section in
      try begin(name)
      for start in stride(from: 0, to: section.count, by: Self.blockSize) {
        let part = section.part(start..<min(start + Self.blockSize, section.count))
        try part.withBytes { try append($0) }
        part.release()
      }
    }
  }

  /// Adds bytes to the section.
  public func append(_ bytes: some Collection<UInt8>) throws {
    block += bytes
    if block.count >= Self.blockSize { try flush() }
  }

  /// Adds to the section what `body` appends to its argument.
  @inline(__always)
  public func append(_ body: (inout [UInt8]) -> Void) throws {
    body(&block)
    if block.count >= Self.blockSize { try flush() }
  }

  /// Writes the end of the file; there is no file without it.
  public func finish() throws {
    try flush()
    var output = JSONOutput()
    let list = sections.map { section -> JSONValue in
      .object([
        "name": .string(section.name), "offset": .integer(section.offset),
        "bytes": .integer(section.count), "crc32": .integer(Int(section.checksum)),
      ])
    }
    output.append(.array(list))
    let table = output.bytes
    var tail = table
    withUnsafeBytes(of: UInt64(table.count).littleEndian) { tail += $0 }
    withUnsafeBytes(of: table.checksum(after: 0).littleEndian) { tail += $0 }
    try sink(tail + Self.end)
  }

  /// Passes the block, which belongs to the last section, to the sink.
  private func flush() throws {
    guard !block.isEmpty else { return }
    let last = sections.count - 1
    sections[last].count += block.count
    sections[last].checksum = block.checksum(after: sections[last].checksum)
    try sink(block)
    written += block.count
    block.removeAll(keepingCapacity: true)
  }
}

extension Collection<UInt8> {
  /// Returns the CRC-32 of these bytes after others whose checksum is given.
  func checksum(after checksum: UInt32) -> UInt32 {
    withContiguousStorageIfAvailable { UnsafeRawBufferPointer($0).checksum(after: checksum) }
      ?? Array(self).withUnsafeBytes { $0.checksum(after: checksum) }
  }
}

extension UnsafeRawBufferPointer {
  /// Returns the CRC-32 of these bytes after others whose checksum is given.
  func checksum(after checksum: UInt32) -> UInt32 {
    let bytes = bindMemory(to: UInt8.self)
    return UInt32(truncatingIfNeeded: crc32_z(UInt(checksum), bytes.baseAddress, bytes.count))
  }
}
