import Glibc

/// A file's bytes seen through one small window, or bytes that are all in memory.
///
/// A plain header lies within the first window, so its file costs one read. Jumping ahead costs one
/// more, and what is jumped over is never read. Offsets are from the start of the file.
struct ByteSource {
  /// The size of a read: enough for a header without EXIF and profile, and for the place of EXIF's
  /// orientation. Two reads of so few bytes cost less than one that includes a thumbnail.
  static let windowSize = 1024
  /// The most reads of a file: enough for any real header, and few enough to give up on an endless
  /// one.
  private static let maximumReads = 4096

  private var window: UnsafeRawBufferPointer
  private var windowStart = 0
  private let storage: UnsafeMutableRawBufferPointer
  /// The file's descriptor; negative if all bytes are in memory.
  private let descriptor: Int32
  private var readCount = 0

  init(_ bytes: UnsafeRawBufferPointer) {
    window = bytes
    storage = UnsafeMutableRawBufferPointer(start: nil, count: 0)
    descriptor = -1
  }

  /// Reads from the open file `descriptor` into `window`; both stay the caller's.
  init(descriptor: Int32, window: UnsafeMutableRawBufferPointer) {
    self.window = UnsafeRawBufferPointer(start: nil, count: 0)
    storage = window
    self.descriptor = descriptor
  }

  @inline(__always)
  mutating func byte(at offset: Int) throws(ImageError) -> UInt8 {
    try load(UInt8.self, at: offset)
  }

  @inline(__always)
  mutating func bigEndian16(at offset: Int) throws(ImageError) -> UInt16 {
    try UInt16(bigEndian: load(UInt16.self, at: offset))
  }

  @inline(__always)
  mutating func bigEndian32(at offset: Int) throws(ImageError) -> UInt32 {
    try UInt32(bigEndian: load(UInt32.self, at: offset))
  }

  @inline(__always)
  mutating func bigEndian64(at offset: Int) throws(ImageError) -> UInt64 {
    try UInt64(bigEndian: load(UInt64.self, at: offset))
  }

  @inline(__always)
  mutating func littleEndian16(at offset: Int) throws(ImageError) -> UInt16 {
    try UInt16(littleEndian: load(UInt16.self, at: offset))
  }

  @inline(__always)
  mutating func littleEndian32(at offset: Int) throws(ImageError) -> UInt32 {
    try UInt32(littleEndian: load(UInt32.self, at: offset))
  }

  @inline(__always)
  private mutating func load<Value: FixedWidthInteger & BitwiseCopyable>(
    _ type: Value.Type, at offset: Int
  ) throws(ImageError) -> Value {
    let size = MemoryLayout<Value>.size
    if offset < windowStart || size > window.count - (offset - windowStart) {
      try moveWindow(to: offset, needing: size)
    }
    return window.loadUnaligned(fromByteOffset: offset - windowStart, as: type)
  }

  @inline(never)
  private mutating func moveWindow(to offset: Int, needing size: Int) throws(ImageError) {
    guard descriptor >= 0 else {
      throw Self.tooShort(size, at: offset, found: max(0, window.count - offset))
    }
    guard readCount < Self.maximumReads else {
      throw .corrupt("expected a header within \(Self.maximumReads) reads", offset: offset)
    }
    readCount += 1
    let found = try fill(from: offset, needing: size)
    window = UnsafeRawBufferPointer(rebasing: storage[..<found])
    windowStart = offset
    guard found >= size else { throw Self.tooShort(size, at: offset, found: found) }
  }

  /// Fills the storage from `offset` with at least `size` bytes, fewer only at the end of the file.
  private func fill(from offset: Int, needing size: Int) throws(ImageError) -> Int {
    var found = 0
    while found < size {
      let rest = UnsafeMutableRawBufferPointer(rebasing: storage[found...])
      let count = pread(descriptor, rest.baseAddress, rest.count, offset + found)
      if count == 0 { break }
      if count < 0 {
        if errno == EINTR { continue }
        throw ImageError(errno: errno)
      }
      found += count
    }
    return found
  }

  private static func tooShort(_ size: Int, at offset: Int, found: Int) -> ImageError {
    .truncated("expected \(size == 1 ? "1 byte" : "\(size) bytes"), found \(found)", offset: offset)
  }
}
