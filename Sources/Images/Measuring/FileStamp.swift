import Glibc

/// What tells a file from the same file changed, without reading it.
public struct FileStamp: Sendable, Equatable {
  /// Bytes.
  public var size: Int
  /// Nanoseconds since the start of 1970, as the file system notes it; a file changed twice within
  /// its clock's step, some milliseconds, keeps it.
  public var modificationTime: Int64

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

  /// The stamp of what `path` leads to, which is not opened.
  ///
  /// - Throws: `notFound` or `unreadable`.
  public static func read(path: String) throws(ImageError) -> FileStamp {
    var status = stat()
    guard stat(path, &status) == 0 else { throw ImageError(errno: errno) }
    return FileStamp(status)
  }
}
