import Glibc

/// A file whose bytes stand in memory without having been copied there; unmapped when it goes.
///
/// The mapping is private: whoever writes through a pointer changes this process's pages only, never
/// the file, so that a tensor made of them may be changed in place. A file that another program
/// shortens meanwhile ends this one (`SIGBUS`), as with every mapping.
public final class MappedFile: Sendable {
  public let path: String
  /// Bytes.
  public let count: Int
  /// A number and no pointer, since it goes from task to task.
  private let address: UInt

  /// - Throws: A `StateError` where the file is missing, unreadable, empty, or no regular file.
  public init(_ path: String) throws(StateError) {
    // Without O_NONBLOCK the opening of a pipe would wait for its writer.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else { throw StateError(path, "cannot open: \(SystemReason.last)") }
    defer { close(descriptor) }
    count = try Self.size(of: descriptor, path)
    guard
      let start = mmap(
        nil, count, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_NORESERVE, descriptor, 0),
      start != MAP_FAILED
    else { throw StateError(path, "cannot map: \(SystemReason.last)") }
    self.path = path
    address = UInt(bitPattern: start)
  }

  deinit {
    munmap(UnsafeMutableRawPointer(bitPattern: address), count)
  }

  private static func size(of descriptor: Int32, _ path: String) throws(StateError) -> Int {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      throw StateError(path, "cannot read: \(SystemReason.last)")
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw StateError(path, "expected a file, found a folder")
    default: throw StateError(path, "expected a regular file, found a device or pipe")
    }
    guard status.st_size > 0 else {
      throw StateError(path, "expected a file of tensors, found an empty one")
    }
    return Int(status.st_size)
  }

  /// Where the byte at `offset` stands; valid for as long as this object lives.
  public func pointer(at offset: Int) -> UnsafeMutableRawPointer {
    precondition(offset >= 0 && offset <= count, "expected an offset within \(count) bytes")
    guard let pointer = UnsafeMutableRawPointer(bitPattern: address + UInt(offset)) else {
      preconditionFailure("expected a mapped file")
    }
    return pointer
  }

  /// Lends the bytes of `range` for the duration of `body`.
  public func withUnsafeBytes<Result>(
    in range: Range<Int>, _ body: (UnsafeRawBufferPointer) throws -> Result
  ) rethrows -> Result {
    precondition(range.upperBound <= count, "expected a range within \(count) bytes")
    return try withExtendedLifetime(self) {
      try body(UnsafeRawBufferPointer(start: pointer(at: range.lowerBound), count: range.count))
    }
  }
}
