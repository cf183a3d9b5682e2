import Glibc

/// Work in numbered parts, done by several tasks in parallel and delivered in order, so that no
/// result depends on their number.
public struct OrderedTasks: Sendable {
  /// The number of parts that are worked on at a time, at least 1.
  public var threads: Int
  /// A function that is called after each part with the numbers of parts done and of all parts.
  public var progress: (@Sendable (Int, Int) -> Void)?

  /// Creates tasks on this number of threads; fewer than one counts as one.
  public init(threads: Int, progress: (@Sendable (Int, Int) -> Void)? = nil) {
    self.threads = max(threads, 1)
    self.progress = progress
  }

  /// Calls `work` with 0 ..< `count` and `consume` with each result, in order, until `consume`
  /// returns false. At most two results a thread wait to be consumed. Throws the error of the first
  /// part that has one, when all parts before it have been consumed.
  public func run<Part: Sendable>(
    _ count: Int, work: @escaping @Sendable (Int) throws -> Part,
    consume: (Int, Part) throws -> Bool
  ) async throws {
    if threads == 1 || count <= 1 {
      for index in 0..<count {
        guard try consume(index, work(index)) else { return }
        progress?(index + 1, count)
      }
      return
    }
    try await withThrowingTaskGroup(of: (Int, Result<Part, any Error>).self) { group in
      var started = 0
      func start() {
        guard started < count else { return }
        let index = started
        started += 1
        group.addTask { (index, Result { try work(index) }) }
      }
      for _ in 0..<(threads * 2) { start() }
      var waiting: [Int: Result<Part, any Error>] = [:]
      var next = 0
      while let (index, part) = try await group.next() {
        waiting[index] = part
        while let ready = waiting.removeValue(forKey: next) {
          guard try consume(next, ready.get()) else {
            group.cancelAll()
            return
          }
          next += 1
          progress?(next, count)
          start()
        }
      }
    }
  }

  /// Returns the results of `work` for 0 ..< `count`, in order.
  public func map<Part: Sendable>(
    _ count: Int, work: @escaping @Sendable (Int) throws -> Part
  ) async throws -> [Part] {
    var parts: [Part] = []
    parts.reserveCapacity(count)
    try await run(count, work: work) { _, part in
      parts.append(part)
      return true
    }
    return parts
  }
}

/// The number of threads that work at a time, and what shows the progress of their work.
public struct Workers: Sendable {
  /// A function that is called after each part with the numbers of parts done and of all parts.
  public typealias Progress = @Sendable (Int, Int) -> Void

  /// The number of threads, at least 1.
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
