import Glibc

/// The bytes of one small file after another, in one buffer. One task's own.
public final class FileBuffer {
  public private(set) var bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: 65536)
  public private(set) var count = 0
  private var capacity = 65536
  /// The folder of the last file: the next one mostly lies there too.
  private var folder: OpenFolder?

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
  /// With the slash that ends it, or empty for the current folder.
  private let prefix: String
  /// Negative where the folder cannot be opened, which opening any file then tells.
  public let descriptor: Int32

  /// The folder of the file at `path`. It need not be one that can be listed.
  public init(of path: String) {
    prefix = Path.prefix(of: path)
    descriptor = Glibc.open(Path.folder(of: path), __O_PATH | O_DIRECTORY | O_CLOEXEC)
  }

  /// Opens the file called `name` for reading; negative, with the system's error number, where it
  /// cannot be. Not blocking, so that a FIFO named like a file ends in an error and not in a wait.
  public func open(_ name: UnsafePointer<CChar>) -> Int32 {
    openat(descriptor, name, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// Whether the file at `path` lies directly in this folder.
  public func holds(_ path: String) -> Bool {
    Path.lies(path, directlyBelow: prefix)
  }
}
