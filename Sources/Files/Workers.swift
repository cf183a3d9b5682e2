import Glibc

/// How many threads work at a time, and what shows the progress of their work.
public struct Workers: Sendable {
  /// Told after each part how many of how many are done.
  public typealias Progress = @Sendable (Int, Int) -> Void

  public var threads: Int
  /// Makes what shows the progress of the work of a name; nil shows none.
  private let progress: @Sendable (String) -> Progress?

  /// Creates workers on `threads` threads, by default one for each processor.
  public init(
    threads: Int? = nil, progress: @escaping @Sendable (String) -> Progress? = { _ in nil }
  ) {
    self.threads = threads ?? Self.processors
    self.progress = progress
  }

  /// The processors that this machine has online.
  public static var processors: Int { sysconf(Int32(_SC_NPROCESSORS_ONLN)) }

  /// Returns tasks that show their progress as `name`, or, without a name, none.
  public func tasks(_ name: String? = nil) -> OrderedTasks {
    OrderedTasks(threads: threads, progress: name.flatMap(progress))
  }
}
