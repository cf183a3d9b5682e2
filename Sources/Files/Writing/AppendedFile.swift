import Glibc

/// A file that grows line by line, so that it can be followed while a program works and holds all
/// that was written whatever ends the program.
public final class AppendedFile {
  private let path: String
  private let descriptor: Int32

  /// Creates the file with some lines, which replace what stood there.
  public init(_ path: String, keeping lines: [UInt8] = []) throws(FileError) {
    self.path = path
    let start = try OutputFile(path)
    try start.write(lines)
    try start.commit()
    descriptor = open(path, O_WRONLY | O_APPEND | O_CLOEXEC)
    if descriptor < 0 { throw FileError("write", path) }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// Adds a whole line, its end included.
  public func write(_ line: [UInt8]) throws(FileError) {
    try UnfinishedFiles.write(line, to: descriptor, path: path)
  }
}
