import Glibc

/// The exclusive right of one process to write a file.
///
/// The lock is the system's on a file beside it, so that it ends with the process that holds it,
/// however that ends; the file itself is removed when the lock is released.
public final class FileLock {
  /// The path of the file that is locked.
  private let path: String
  private var descriptor: Int32

  /// Acquires the lock of the file at `path`.
  ///
  /// - Throws: `FileLockError` if another process holds it; a `FileError` if no file can be made
  ///   beside it.
  public init(of file: String) throws {
    path = (Path.real(file) ?? file) + ".lock"
    descriptor = -1
    while descriptor < 0 {
      let (path, opened) = (path, try Self.open(path, of: file))
      guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
        let holder = Self.holder(opened)
        close(opened)
        throw FileLockError(path: file, lock: path, process: holder)
      }
      // Whoever held it before may have removed the file between the two calls.
      if Self.isStill(opened, at: path) { descriptor = opened } else { close(opened) }
    }
    // A signal that ends the program takes the file away.
    let (path, descriptor) = (path, descriptor)
    _ = UnfinishedFiles.add(path) { ftruncate(descriptor, 0) }
    try? UnfinishedFiles.write(Array("\(getpid())\n".utf8), to: descriptor, path: path)
  }

  deinit { release() }

  /// Releases the lock.
  public func release() {
    guard descriptor >= 0 else { return }
    let path = path
    _ = UnfinishedFiles.remove(path) { unlink(path) }
    close(descriptor)
    descriptor = -1
  }

  private static func open(_ path: String, of file: String) throws(FileError) -> Int32 {
    let descriptor = UnfinishedFiles.undisturbed {
      Glibc.open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o666)
    }
    if descriptor < 0 { throw FileError("write", file) }
    return descriptor
  }

  private static func isStill(_ descriptor: Int32, at path: String) -> Bool {
    var (own, there) = (stat(), stat())
    return fstat(descriptor, &own) == 0 && stat(path, &there) == 0 && own.st_ino == there.st_ino
      && own.st_dev == there.st_dev
  }

  /// Returns the process that wrote its number into the file.
  private static func holder(_ descriptor: Int32) -> Int? {
    var bytes = [UInt8](repeating: 0, count: 32)
    let count = pread(descriptor, &bytes, bytes.count, 0)
    guard count > 0 else { return nil }
    return Int(String(decoding: bytes.prefix(count), as: UTF8.self).prefix { $0.isNumber })
  }
}

/// The error of a file that another process is writing.
public struct FileLockError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The path of the file.
  public let path: String
  /// The path of the lock's own file.
  public let lock: String
  /// The number of the other process; nil if it is not known.
  public let process: Int?

  /// The error as a message.
  public var description: String {
    let name = process.map { "process \($0)" } ?? "another process"
    return "\(path): \(name) is writing it (\(lock) is its lock)"
  }
}
