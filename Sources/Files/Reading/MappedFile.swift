import Glibc

/// A file whose bytes are mapped into memory instead of copied; it is unmapped when the object is
/// released.
///
/// The mapping is private: a write through a pointer changes this process's pages only, never the
/// file. If another program shortens the file meanwhile, this process ends with `SIGBUS`, as with
/// every mapping.
public final class MappedFile: Sendable {
  /// The path as given.
  public let path: String
  /// The size in bytes.
  public let count: Int
  /// The address as a number instead of a pointer, since it passes from task to task.
  private let address: UInt

  /// Maps the file at `path`.
  ///
  /// - Throws: A `FileError` if the file is missing, unreadable, empty (`ENODATA`), a folder
  ///   (`EISDIR`), a device or a pipe (`ENOTSUP`).
  public init(_ path: String) throws(FileError) {
    // Without O_NONBLOCK the opening of a pipe would wait for its writer.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else { throw FileError("open", path) }
    defer { close(descriptor) }
    count = try Self.size(of: descriptor, path)
    guard
      let start = mmap(
        nil, count, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_NORESERVE, descriptor, 0),
      start != MAP_FAILED
    else { throw FileError("map", path) }
    self.path = path
    address = UInt(bitPattern: start)
  }

  deinit {
    munmap(UnsafeMutableRawPointer(bitPattern: address), count)
  }

  private static func size(of descriptor: Int32, _ path: String) throws(FileError) -> Int {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw FileError("read", path) }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw FileError("map", path, code: EISDIR)
    default: throw FileError("map", path, code: ENOTSUP)
    }
    guard status.st_size > 0 else { throw FileError("map", path, code: ENODATA) }
    return Int(status.st_size)
  }

  /// Returns the address of the byte at `offset`, valid for as long as this object lives.
  public func pointer(at offset: Int) -> UnsafeMutableRawPointer {
    precondition(offset >= 0 && offset <= count, "expected an offset within \(count) bytes")
    guard let pointer = UnsafeMutableRawPointer(bitPattern: address + UInt(offset)) else {
      preconditionFailure("expected a mapped file")
    }
    return pointer
  }

  /// Lets go of the memory that holds the bytes of `range`, which are read from the file again where
  /// they are needed. Changes made to them are lost.
  public func release(_ range: Range<Int>) {
    let page = sysconf(Int32(_SC_PAGESIZE))
    let first = (range.lowerBound + page - 1) / page * page
    let end = range.upperBound == count ? count : range.upperBound / page * page
    guard first < end else { return }
    madvise(pointer(at: first), end - first, MADV_DONTNEED)
  }

  /// Calls `body` with the bytes of `range`, which are valid for its duration only.
  public func withUnsafeBytes<Result>(
    in range: Range<Int>, _ body: (UnsafeRawBufferPointer) throws -> Result
  ) rethrows -> Result {
    precondition(range.upperBound <= count, "expected a range within \(count) bytes")
    return try withExtendedLifetime(self) {
      try body(UnsafeRawBufferPointer(start: pointer(at: range.lowerBound), count: range.count))
    }
  }
}
