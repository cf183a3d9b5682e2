import Files

/// An executor that runs the tasks of one call: on the calling thread, and on threads of its own
/// that end with the call.
///
/// The threads of Swift's own executor would stay, and would be missing in a process that forks, as
/// PyTorch's data loaders do: the first call there would never return.
final class CallExecutor: TaskExecutor {
  private struct State {
    var jobs: [UnownedJob] = []
    /// The number of threads that wait for a job.
    var idle = 0
    /// The number of threads beside the calling one.
    var helpers = 0
    var isOver = false
  }

  private let state = Monitor(State())
  private let mostHelpers: Int

  private init(threads: Int) {
    mostHelpers = threads - 1
  }

  /// Runs the body, with its child tasks, on at most this number of threads, and waits for it.
  static func run<Result: Sendable>(
    threads: Int, _ body: @escaping @Sendable () async throws -> Result
  ) throws -> Result {
    let executor = CallExecutor(threads: threads)
    let result = Monitor<Swift.Result<Result, any Error>?>(nil)
    Task(executorPreference: executor) {
      do {
        let value = try await body()
        result.change { $0 = .success(value) }
      } catch {
        result.change { $0 = .failure(error) }
      }
      executor.state.change { $0.isOver = true }
    }
    executor.work()
    executor.state.wait(until: { $0.helpers == 0 }, then: { _ in })
    guard let result = result.change({ $0 }) else { throw CallError("the call came to no end") }
    return try result.get()
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    let needsHelper = state.change { state in
      state.jobs.append(job)
      // The thread that calls takes the first job.
      let isNeeded = state.jobs.count > max(state.idle, 1) && state.helpers < mostHelpers
      if isNeeded { state.helpers += 1 }
      return isNeeded
    }
    guard needsHelper else { return }
    let isStarted = startThread {
      self.work()
      self.state.change { $0.helpers -= 1 }
    }
    if !isStarted { state.change { $0.helpers -= 1 } }
  }

  /// Runs jobs until the call is over.
  private func work() {
    while let job = next() { job.runSynchronously(on: asUnownedTaskExecutor()) }
  }

  private func next() -> UnownedJob? {
    state.change { $0.idle += 1 }
    return state.wait(
      until: { !$0.jobs.isEmpty || $0.isOver },
      then: { state in
        state.idle -= 1
        return state.jobs.isEmpty ? nil : state.jobs.removeFirst()
      })
  }
}
