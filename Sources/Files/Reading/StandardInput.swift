import Glibc

/// The standard input as a file that can be read at any offset: its content is copied once to a
/// file without a name, since readers move back and forth.
enum StandardInput {
  /// The path that stands for it.
  static let path = "-"
  private static let copy = Result { () throws(FileError) in try copied() }

  /// Returns a descriptor of the copy, which the caller closes.
  static func open() throws(FileError) -> Int32 {
    let descriptor = fcntl(try copy.get(), F_DUPFD_CLOEXEC, 0)
    guard descriptor >= 0 else { throw FileError("read", name) }
    return descriptor
  }

  private static let name = "standard input"

  private static func copied() throws(FileError) -> Int32 {
    let descriptor = try UnnamedFile.open(for: name)
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let got = read(STDIN_FILENO, &block, block.count)
      if got == 0 { return descriptor }
      if got > 0 {
        try UnfinishedFiles.write(Array(block[..<got]), to: descriptor, path: name)
      } else if errno != EINTR {
        throw FileError("read", name)
      }
    }
  }
}
