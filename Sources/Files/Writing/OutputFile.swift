import Glibc

/// A file that appears whole or not at all: written unnamed or beside its target, synced, and
/// renamed over the target by `commit()`.
///
/// Whatever ends the program before that leaves the old file as it was. Where `path` is a link, the
/// file that it leads to is replaced.
public final class OutputFile {
  /// The path as it was given.
  public let path: String
  /// The final path of the file: `path` with its links followed.
  private let target: String
  /// Whether the file is made smaller when it is put in its place.
  private let isCompressed: Bool
  /// The number of bytes written so far.
  public private(set) var size = 0
  private var descriptor: Int32
  /// The name under which the file is on the disk now; nil while it has none.
  private var temporaryPath: String?

  /// Begins a file.
  ///
  /// - Throws: A `FileError` if the folder of `path` does not exist or cannot be written, or if
  ///   `path` is something that a file must not replace: a folder, a device, a pipe.
  public init(_ path: String) throws(FileError) {
    try Self.refuseSpecialFile(path)
    self.path = path
    target = Path.real(path) ?? path
    isCompressed = Zstandard.isEnding(of: path)
    let unnamed = __O_TMPFILE | O_DIRECTORY | O_RDWR | O_CLOEXEC
    descriptor = open(Path.folder(of: target), unnamed, 0o666)
    if descriptor >= 0 { return }
    let beside = temporaryName
    descriptor = UnfinishedFiles.add(beside) {
      unlink(beside)
      return open(beside, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0o666)
    }
    temporaryPath = beside
    if descriptor < 0 { throw FileError("write", path) }
  }

  /// Writes a whole file at once.
  public static func write(_ bytes: [UInt8], to path: String) throws(FileError) {
    let file = try OutputFile(path)
    try file.write(bytes)
    try file.commit()
  }

  /// Checks, before hours of work, whether a file can be written at `path`.
  ///
  /// - Throws: A `FileError` if its folder does not exist or cannot be written.
  public static func check(_ path: String) throws(FileError) {
    _ = try OutputFile(path)
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
    if let temporaryPath { _ = UnfinishedFiles.remove(temporaryPath) { unlink(temporaryPath) } }
  }

  /// Adds bytes at the end. Throws what the system refuses, as on a full disk.
  public func write(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
    try UnfinishedFiles.write(bytes, to: descriptor, path: path)
    size += bytes.count
  }

  /// Adds bytes at the end, as above.
  public func write(_ bytes: [UInt8]) throws(FileError) {
    try UnfinishedFiles.write(bytes, to: descriptor, path: path)
    size += bytes.count
  }

  /// Adds text at the end, as UTF-8.
  public func write(_ text: String) throws(FileError) {
    try write(Array(text.utf8))
  }

  /// Adds what was written to another file.
  public func append(_ other: OutputFile) throws(FileError) {
    var offset: off_t = 0
    while offset < other.size {
      let count = sendfile(descriptor, other.descriptor, &offset, 1 << 30)
      if count > 0 { size += count }
      if count < 0, errno != EINTR { throw FileError("write", path) }
      if count == 0 { throw FileError("write", path, code: EIO) }
    }
  }

  /// Returns the written bytes for reading back; valid while this object lives.
  public func reader() -> InputFile {
    InputFile(path, borrowing: descriptor, size: size)
  }

  /// Begins to flush the written bytes to disk, while they are read back or others are written;
  /// `commit()` waits for it and reports faults.
  ///
  /// The file is opened a second time, since the system reports a fault once for each opening, and
  /// the result is ignored here. It runs on a thread of its own, since a task that waits for the
  /// disk keeps one of the few threads of all tasks from working.
  public func beginSync() {
    guard let file = try? InputFile("/proc/self/fd/\(descriptor)") else { return }
    var thread = pthread_t()
    let argument = Unmanaged.passRetained(file)
    let code = pthread_create(
      &thread, nil,
      { argument in
        guard let argument else { return nil }
        Unmanaged<InputFile>.fromOpaque(argument).takeRetainedValue().sync()
        return nil
      }, argument.toOpaque())
    if code == 0 { pthread_detach(thread) } else { argument.release() }
  }

  /// Gives the file the permissions of the file at `path`.
  public func keepPermissions(of path: String) throws(FileError) {
    var status = stat()
    guard stat(path, &status) == 0, fchmod(descriptor, status.st_mode & 0o7777) == 0 else {
      throw FileError("write", self.path)
    }
  }

  /// Moves the file to its place.
  ///
  /// - Throws: A `FileError` if that fails; the old file is then kept.
  public func commit() throws(FileError) {
    if isCompressed { try compress() }
    guard fdatasync(descriptor) == 0 else { throw FileError("write", path) }
    if temporaryPath == nil {
      let named = temporaryName
      let link = "/proc/self/fd/\(descriptor)"
      let linked = UnfinishedFiles.add(named) {
        unlink(named)
        return linkat(AT_FDCWD, link, AT_FDCWD, named, AT_SYMLINK_FOLLOW)
      }
      guard linked == 0 else { throw FileError("write", path) }
      temporaryPath = named
    }
    guard let named = temporaryPath else { return }
    let renamed = UnfinishedFiles.remove(named) { rename(named, target) }
    guard renamed == 0 else { throw FileError("replace", path) }
    temporaryPath = nil
  }

  /// Puts the bytes, made smaller, in the place of what was written.
  private func compress() throws(FileError) {
    let whole = try UnnamedFile.open(for: path)
    defer { close(whole) }
    try Self.copy(descriptor, to: whole, path: path)
    guard ftruncate(descriptor, 0) == 0, lseek(descriptor, 0, SEEK_SET) == 0 else {
      throw FileError("write", path)
    }
    try Zstandard.compress(InputFile(path, borrowing: whole, size: size), into: descriptor)
  }

  private static func copy(_ from: Int32, to: Int32, path: String) throws(FileError) {
    var offset: off_t = 0
    while true {
      let count = sendfile(to, from, &offset, 1 << 30)
      if count == 0 { return }
      if count < 0, errno != EINTR { throw FileError("copy", path) }
    }
  }

  private static func refuseSpecialFile(_ path: String) throws(FileError) {
    guard let status = FileStatus(path), !status.isFile else { return }
    throw status.isFolder
      ? FileError("write", path, code: EISDIR) : FileError("replace", path, code: ENOTSUP)
  }

  /// The path of the file until it is committed, if it has a name before that.
  private var temporaryName: String {
    UnfinishedFiles.path(for: target, in: Path.folder(of: target))
  }
}

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
