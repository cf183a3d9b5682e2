import Glibc
internal import Synchronization

/// The paths at which outputs stand on the disk before they are finished, so that a program that
/// is told to end can take them away.
public enum UnfinishedFiles {
  private static let paths = Mutex<Set<String>>([])

  /// Notes the path of a file or folder that `body` makes.
  static func add<Result: Sendable>(_ path: String, _ body: () -> Result) -> Result {
    paths.withLock { paths in
      paths.insert(path)
      return body()
    }
  }

  /// Forgets the path of a file or folder that `body` renames or removes.
  static func remove<Result: Sendable>(_ path: String, _ body: () -> Result) -> Result {
    paths.withLock { paths in
      paths.remove(path)
      return body()
    }
  }

  /// Does what `removeAll` must not come between.
  static func undisturbed<Result: Sendable, Failure>(
    _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try paths.withLock { _ throws(Failure) in try body() }
  }

  /// Removes all of them and ends the program; whoever would make another one waits until then.
  public static func removeAll(thenEnd end: () -> Never) -> Never {
    paths.withLock { paths in
      for path in paths { Folder.removeTree(path) }
      end()
    }
  }
}
