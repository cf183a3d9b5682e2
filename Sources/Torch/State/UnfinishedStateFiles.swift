import Synchronization

/// The names under which files of tensors stand on the disk before they are in their places, so
/// that a program that is told to end can take them away.
public enum UnfinishedStateFiles {
  private static let paths = Mutex<Set<String>>([])

  /// Does what puts files under such names or takes them from there, which `removeAll` does not
  /// come between.
  static func change<Result: Sendable>(_ body: (inout Set<String>) -> Result) -> Result {
    paths.withLock { body(&$0) }
  }

  /// Removes all of them and ends the program; whoever would make another one waits until then.
  public static func removeAll(thenEnd end: () -> Never) -> Never {
    paths.withLock { paths in
      for path in paths { ReplacedFile.remove(path) }
      end()
    }
  }
}
