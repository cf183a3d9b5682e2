import Glibc

/// A file that is written beside its place and takes it when it is whole.
///
/// Whatever fails before `commit()`, a full disk for one, leaves what stood there as it was.
final class ReplacedFile {
  private let path: String
  /// `path` with its links followed.
  private let target: String
  private let temporaryPath: String
  private let descriptor: Int32
  private var isInPlace = false

  /// - Throws: A `StateError` where the folder cannot be written, or where the path is a folder, a
  ///   device or a pipe.
  init(_ path: String) throws(StateError) {
    let target = Self.linkFollowed(path)
    var status = stat()
    if stat(target, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
      throw StateError(path, "expected a file to replace, found a folder, device or pipe")
    }
    let folder = target.lastIndex(of: "/").map { target[...$0] } ?? ""
    let name = target.dropFirst(folder.count)
    var attempt = 0
    var temporaryPath: String
    var descriptor: Int32
    repeat {
      temporaryPath = "\(folder).\(name).\(getpid()).\(attempt).part"
      descriptor = open(temporaryPath, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o666)
      attempt += 1
    } while descriptor < 0 && errno == EEXIST && attempt < 100
    guard descriptor >= 0 else { throw StateError(path, "cannot write: \(SystemReason.last)") }
    self.path = path
    self.target = target
    self.temporaryPath = temporaryPath
    self.descriptor = descriptor
  }

  deinit {
    close(descriptor)
    if !isInPlace { unlink(temporaryPath) }
  }

  /// Adds bytes at the end.
  func write(_ bytes: UnsafeRawBufferPointer) throws(StateError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let part = UnsafeRawBufferPointer(rebasing: rest)
      let written = Glibc.write(descriptor, part.baseAddress, part.count)
      if written >= 0 {
        rest = rest.dropFirst(written)
      } else if errno != EINTR {
        throw StateError(path, "cannot write: \(SystemReason.last)")
      }
    }
  }

  /// Waits until the bytes are on the disk, and puts the file in its place.
  func commit() throws(StateError) {
    guard fdatasync(descriptor) == 0, rename(temporaryPath, target) == 0 else {
      throw StateError(path, "cannot write: \(SystemReason.last)")
    }
    isInPlace = true
  }

  private static func linkFollowed(_ path: String) -> String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}
