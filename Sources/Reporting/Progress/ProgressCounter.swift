internal import Synchronization

/// Counts what several tasks have done, and says when the count should be shown: first after a
/// second of work, then every tenth of a second.
public final class ProgressCounter: Sendable {
  private static let firstDelay: UInt64 = 1_000_000_000
  private static let interval: UInt64 = 100_000_000

  private let done = Atomic<Int>(0)
  private let nextShowing: Atomic<UInt64>

  /// `start` is the time in nanoseconds on the clock that `advance` is told.
  public init(start: UInt64) {
    nextShowing = Atomic(start + Self.firstDelay)
  }

  /// How much is done.
  public var count: Int { done.load(ordering: .relaxed) }

  /// Adds to what is done. The count, where it is time to show it; of several tasks that call at
  /// one time only one is told so.
  public func advance(by amount: Int = 1, at now: UInt64) -> Int? {
    let (_, count) = done.add(amount, ordering: .relaxed)
    let due = nextShowing.load(ordering: .relaxed)
    guard now >= due else { return nil }
    let (isFirst, _) = nextShowing.compareExchange(
      expected: due, desired: now + Self.interval, ordering: .relaxed)
    return isFirst ? count : nil
  }
}
