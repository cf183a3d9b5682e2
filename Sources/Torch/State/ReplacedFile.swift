import Glibc
import Synchronization

/// A file that is written without a name, or beside its place where the file system knows no such
/// files, and takes its place when it is whole.
///
/// Whatever ends the program before `commit()`, or fails, a full disk for one, leaves what stood
/// there as it was.
final class ReplacedFile {
  private static let made = Atomic<Int>(0)

  private let path: String
  /// `path` with its links followed.
  private let target: String
  private let descriptor: Int32
  /// The name under which the file is on the disk now; nil while it has none.
  private var temporaryPath: String?

  /// - Throws: A `StateError` where the folder cannot be written, or where the path is a folder, a
  ///   device or a pipe.
  init(_ path: String) throws(StateError) {
    let target = Self.linkFollowed(path)
    var status = stat()
    if stat(target, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
      throw StateError(path, "expected a file to replace, found a folder, device or pipe")
    }
    self.path = path
    self.target = target
    let flags = __O_TMPFILE | O_DIRECTORY | O_WRONLY | O_CLOEXEC
    let unnamed = open(Self.folder(of: target), flags, 0o666)
    if unnamed >= 0 {
      descriptor = unnamed
      return
    }
    let beside = Self.temporaryPath(for: target)
    descriptor = Self.named(beside) { open($0, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o666) }
    guard descriptor >= 0 else { throw StateError(path, "cannot write: \(SystemReason.last)") }
    temporaryPath = beside
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
    guard let temporaryPath else { return }
    UnfinishedStateFiles.change { paths in
      paths.remove(temporaryPath)
      Self.remove(temporaryPath)
    }
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
    guard fdatasync(descriptor) == 0, takeName() else {
      throw StateError(path, "cannot write: \(SystemReason.last)")
    }
    guard let temporaryPath else { return }
    let (from, to) = (temporaryPath, target)
    let code = UnfinishedStateFiles.change { paths in
      paths.remove(from)
      return rename(from, to)
    }
    guard code == 0 else { throw StateError(path, "cannot write: \(SystemReason.last)") }
    self.temporaryPath = nil
  }

  /// Gives the file a name beside its place where it has none; tells whether it has one then.
  private func takeName() -> Bool {
    if temporaryPath != nil { return true }
    let beside = Self.temporaryPath(for: target)
    let link = "/proc/self/fd/\(descriptor)"
    let code = Self.named(beside) { linkat(AT_FDCWD, link, AT_FDCWD, $0, AT_SYMLINK_FOLLOW) }
    if code == 0 { temporaryPath = beside }
    return code == 0
  }

  /// Makes something under a name that is noted, unless that fails: a negative number.
  private static func named(_ path: String, _ make: (String) -> Int32) -> Int32 {
    UnfinishedStateFiles.change { paths in
      // What a killed process of the same number may have left.
      remove(path)
      let code = make(path)
      if code >= 0 { paths.insert(path) }
      return code
    }
  }

  static func remove(_ path: String) {
    unlink(path)
  }

  private static func temporaryPath(for target: String) -> String {
    let folder = folder(of: target)
    let name = target.lastIndex(of: "/").map { target[target.index(after: $0)...] } ?? target[...]
    let number = made.add(1, ordering: .relaxed).newValue
    return "\(folder)/.\(name).\(getpid()).\(number).part"
  }

  private static func folder(of target: String) -> String {
    guard let slash = target.lastIndex(of: "/") else { return "." }
    return slash == target.startIndex ? "/" : String(target[..<slash])
  }

  private static func linkFollowed(_ path: String) -> String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}
