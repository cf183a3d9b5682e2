import Glibc

/// A whole file in memory.
enum FileBytes {
  /// More than any picture that could be decoded.
  private static let maximumCount = 1 << 31

  static func read(path: String) throws(ImageError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else { throw ImageError(errno: errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw ImageError(errno: errno) }
    let kind = status.st_mode & S_IFMT
    guard kind == S_IFREG else {
      throw kind == S_IFDIR ? .unreadable(errno: EISDIR) : .unsupported("expected a regular file")
    }
    let count = Int(status.st_size)
    guard count <= maximumCount else {
      throw .unsupported("expected a file of at most 2 GiB, found \(count) bytes")
    }
    return try read(descriptor, count: count)
  }

  /// The first `count` bytes, fewer where the file has shrunk meanwhile.
  private static func read(_ descriptor: Int32, count: Int) throws(ImageError) -> [UInt8] {
    var failure: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, found in
      while found < count {
        let rest = UnsafeMutableRawBufferPointer(
          UnsafeMutableBufferPointer(rebasing: buffer[found..<count]))
        let part = Glibc.read(descriptor, rest.baseAddress, rest.count)
        if part == 0 { return }
        if part > 0 {
          found += part
        } else if errno != EINTR {
          failure = errno
          return
        }
      }
    }
    guard failure == 0 else { throw ImageError(errno: failure) }
    return bytes
  }
}
