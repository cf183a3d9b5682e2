import Glibc

/// The bytes of one small file after another, in one buffer. One task's own.
public final class FileBuffer {
  /// The bytes of the last file, and room for one more.
  public private(set) var bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: 65536)
  /// The number of the file's bytes.
  public private(set) var count = 0
  private var capacity = 65536
  /// The folder of the last file: the next one mostly lies there too.
  private var folder: OpenFolder?

  /// Creates an empty buffer.
  public init() {}

  deinit {
    bytes.deallocate()
  }

  /// Reads the file at `path`. Behind its bytes there is room for one more.
  public func load(_ path: String) throws(FileError) {
    count = 0
    let folder = openFolder(of: path)
    let descriptor = path.withCString { folder.open($0 + Path.nameOffset(in: path)) }
    guard descriptor >= 0 else { throw FileError("open", path) }
    defer { close(descriptor) }
    while true {
      let room = capacity - count - 1
      let got = read(descriptor, bytes + count, room)
      if got < 0 {
        if errno == EINTR { continue }
        throw FileError("read", path)
      }
      count += got
      // A regular file gives less than was asked for only at its end.
      if got < room { return }
      grow()
    }
  }

  private func openFolder(of path: String) -> OpenFolder {
    if let folder, folder.holds(path) { return folder }
    let opened = OpenFolder(of: path)
    folder = opened
    return opened
  }

  private func grow() {
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity * 2)
    larger.update(from: bytes, count: count)
    bytes.deallocate()
    bytes = larger
    capacity *= 2
  }
}

/// A folder that files are opened from by name alone.
public final class OpenFolder {
  /// The path with the slash that ends it, or empty for the current folder.
  private let prefix: String
  /// The folder's descriptor, negative if it cannot be opened; opening any file then fails.
  public let descriptor: Int32

  /// Opens the folder of the file at `path`. It need not be one that can be listed.
  public init(of path: String) {
    prefix = Path.prefix(of: path)
    descriptor = Glibc.open(Path.folder(of: path), __O_PATH | O_DIRECTORY | O_CLOEXEC)
  }

  /// Opens the file called `name` for reading and returns its descriptor; a negative one, with the
  /// system's error number, if it cannot be opened. It does not block, so that a FIFO named like a
  /// file ends in an error and not in a wait.
  public func open(_ name: UnsafePointer<CChar>) -> Int32 {
    openat(descriptor, name, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// Returns whether the file at `path` lies directly in this folder.
  public func holds(_ path: String) -> Bool {
    Path.lies(path, directlyBelow: prefix)
  }
}
