import Glibc

/// A regular file, open for reading; closed when it goes.
struct RegularFile: ~Copyable {
  /// More than any picture that could be decoded.
  private static let maximumCount = 1 << 31

  private let descriptor: Int32
  let stamp: FileStamp

  /// - Throws: `notFound` or `unreadable`; `unsupported` for a pipe or device, which is not waited
  ///   for, and above 2 GiB.
  init(path: String) throws(ImageError) {
    descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else { throw ImageError(errno: errno) }
    do throws(ImageError) {
      stamp = try Self.stamp(of: descriptor)
    } catch {
      close(descriptor)
      throw error
    }
  }

  deinit {
    close(descriptor)
  }

  private static func stamp(of descriptor: Int32) throws(ImageError) -> FileStamp {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw ImageError(errno: errno) }
    let kind = status.st_mode & S_IFMT
    guard kind == S_IFREG else {
      throw kind == S_IFDIR ? .unreadable(errno: EISDIR) : .unsupported("expected a regular file")
    }
    let stamp = FileStamp(status)
    guard stamp.size <= maximumCount else {
      throw .unsupported("expected a file of at most 2 GiB, found \(stamp.size) bytes")
    }
    return stamp
  }

  /// Fills `buffer` from where the last reading ended: how many bytes, fewer only where the file ends.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(ImageError) -> Int {
    var found = 0
    while found < buffer.count {
      let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[found...])
      let part = Glibc.read(descriptor, rest.baseAddress, rest.count)
      if part == 0 { break }
      if part > 0 {
        found += part
      } else if errno != EINTR {
        throw ImageError(errno: errno)
      }
    }
    return found
  }
}
