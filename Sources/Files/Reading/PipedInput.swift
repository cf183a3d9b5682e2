import Glibc

/// Input that comes through a pipe, as a file that can be read at any offset: it is copied once to a
/// file without a name, since readers go back and forth.
enum PipedInput {
  /// The path that stands for standard input.
  static let standardInput = "-"

  /// The copies, by the pipes' paths and identities.
  private static let copies = Monitor<[Source: Result<Int32, FileError>]>([:])

  private struct Source: Hashable {
    var path: String
    var device: UInt
    var inode: UInt
  }

  /// Returns whether a path stands for standard input or is that of a pipe.
  static func isPiped(_ path: String) -> Bool { source(of: path) != nil }

  /// Returns a descriptor of the copy, which the caller closes; nil for a path of anything else.
  static func open(_ path: String) throws(FileError) -> Int32? {
    guard let source = source(of: path) else { return nil }
    let name = Path.shown(path)
    let copy = copies.change { copies in
      let copy = copies[source] ?? Result { () throws(FileError) in try copied(path, name: name) }
      copies[source] = copy
      return copy
    }
    let descriptor = fcntl(try copy.get(), F_DUPFD_CLOEXEC, 0)
    guard descriptor >= 0 else { throw FileError("read", name) }
    return descriptor
  }

  private static func source(of path: String) -> Source? {
    if path == standardInput { return Source(path: path, device: 0, inode: 0) }
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFIFO else { return nil }
    return Source(path: path, device: UInt(status.st_dev), inode: UInt(status.st_ino))
  }

  private static func copied(_ path: String, name: String) throws(FileError) -> Int32 {
    let pipe = path == standardInput ? STDIN_FILENO : Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard pipe >= 0 else { throw FileError("open", name) }
    defer { if pipe != STDIN_FILENO { close(pipe) } }
    let descriptor = try UnnamedFile.open(for: name)
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let got = read(pipe, &block, block.count)
      if got == 0 { return descriptor }
      if got > 0 {
        try UnfinishedFiles.write(Array(block[..<got]), to: descriptor, path: name)
      } else if errno != EINTR {
        throw FileError("read", name)
      }
    }
  }
}
