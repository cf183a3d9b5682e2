import Glibc
internal import Synchronization

/// The paths of unfinished outputs on disk, so that a program that is stopped can remove them.
public enum UnfinishedFiles {
  private static let paths = Mutex<Set<String>>([])

  /// Returns the path below `folder` that the file or folder of the name of `path` has until it is
  /// finished.
  static func path(for path: String, in folder: String) -> String {
    "\(folder)/.\(Path.name(of: path)).\(getpid()).part"
  }

  /// Removes the remains below `folder` of killed runs that wrote the file or folder of the name of
  /// `path`.
  static func removeAbandoned(of path: String, in folder: String) {
    let (start, end) = (".\(Path.name(of: path)).", ".part")
    for entry in (try? Folder.entries(of: folder)) ?? []
    where entry.name.hasPrefix(start) && entry.name.hasSuffix(end) {
      guard let process = pid_t(entry.name.dropFirst(start.count).dropLast(end.count)),
        kill(process, 0) != 0, errno == ESRCH
      else { continue }
      Folder.removeTree("\(folder)/\(entry.name)")
    }
  }

  /// Writes all of `bytes` to an open file. Throws what the system refuses, as on a full disk, as
  /// an error of the file at `path`.
  static func write(
    _ bytes: UnsafeRawBufferPointer, to descriptor: Int32, path: String
  ) throws(FileError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let chunk = UnsafeRawBufferPointer(rebasing: rest)
      let done = Glibc.write(descriptor, chunk.baseAddress, chunk.count)
      if done >= 0 {
        rest = rest.dropFirst(done)
      } else if errno != EINTR {
        throw FileError("write", path)
      }
    }
  }

  /// Writes all of `bytes` to an open file, as above.
  static func write(_ bytes: [UInt8], to descriptor: Int32, path: String) throws(FileError) {
    let result = bytes.withUnsafeBytes { raw in
      Result { () throws(FileError) in try write(raw, to: descriptor, path: path) }
    }
    try result.get()
  }

  /// Notes the path of a file or folder that `body` makes.
  static func add<Result: Sendable>(_ path: String, _ body: () -> Result) -> Result {
    paths.withLock { paths in
      paths.insert(path)
      return body()
    }
  }

  /// Removes the path of a file or folder that `body` renames or removes from the list.
  static func remove<Result: Sendable>(_ path: String, _ body: () -> Result) -> Result {
    paths.withLock { paths in
      paths.remove(path)
      return body()
    }
  }

  /// Runs `body` without `removeAll` between its steps.
  static func undisturbed<Result: Sendable, Failure>(
    _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try paths.withLock { _ throws(Failure) in try body() }
  }

  /// Removes all of them and ends the program. A task that would make another one waits meanwhile.
  public static func removeAll(thenEnd end: () -> Never) -> Never {
    paths.withLock { paths in
      for path in paths { Folder.removeTree(path) }
      end()
    }
  }
}
