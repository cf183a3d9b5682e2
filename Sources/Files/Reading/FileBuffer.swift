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
