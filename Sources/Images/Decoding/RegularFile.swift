import Glibc

/// A regular file, open for reading; closed when it is released.
struct RegularFile: ~Copyable {
  /// The most bytes read, more than any image that could be decoded.
  private static let maximumCount = 1 << 31

  private let descriptor: Int32
  let stamp: FileStamp

  /// Opens a file.
  ///
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

  /// Fills `buffer` from the end of the last read; returns the number of bytes, fewer only at the
  /// end of the file.
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

/// A whole file in memory.
enum FileBytes {
  /// Returns all bytes of the regular file at `path`, fewer than its size if it shrinks meanwhile.
  static func read(path: String) throws(ImageError) -> [UInt8] {
    let file = try RegularFile(path: path)
    var failure: ImageError?
    let bytes = [UInt8](unsafeUninitializedCapacity: file.stamp.size) { buffer, found in
      do throws(ImageError) {
        found = try file.read(into: UnsafeMutableRawBufferPointer(buffer))
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return bytes
  }
}

/// A stamp that differs when a file has changed, read without its content.
public struct FileStamp: Sendable, Equatable {
  /// The size in bytes.
  public var size: Int
  /// The time of the last change in nanoseconds since the start of 1970, as the file system records
  /// it. A file changed twice within a tick of its clock, some milliseconds, keeps it.
  public var modificationTime: Int64

  /// Creates a stamp.
  public init(size: Int, modificationTime: Int64) {
    self.size = size
    self.modificationTime = modificationTime
  }

  init(_ status: stat) {
    size = Int(status.st_size)
    let seconds = Int64(status.st_mtim.tv_sec)
    // A file system may hold any number; one that does not fit still tells a change.
    modificationTime = seconds &* 1_000_000_000 &+ Int64(status.st_mtim.tv_nsec)
  }

  /// Returns the stamp of the file that `path` leads to, without opening it.
  ///
  /// - Throws: `notFound` or `unreadable`.
  public static func read(path: String) throws(ImageError) -> FileStamp {
    var status = stat()
    guard stat(path, &status) == 0 else { throw ImageError(errno: errno) }
    return FileStamp(status)
  }
}
