import COCO
internal import Synchronization

/// The text of a progress bar: `reading  [#####  ] 1,234 / 5,000`.
public struct ProgressLine: Sendable, Equatable {
  private static let widestBar = 40
  private static let narrowestBar = 8

  /// The name of the task.
  public var task: String
  /// The amount of work; nil if it is not known.
  public var total: Int?

  /// Creates the bar of a task.
  public init(_ task: String, total: Int?) {
    self.task = task
    self.total = total
  }

  /// Returns the line for an amount of work done, at most `width` columns wide. It has no bar if
  /// that does not fit or the total is not known.
  public func line(for done: Int, width: Int) -> String {
    guard let total else { return "\(task)  \(done.grouped)".clipped(to: max(width, 1)) }
    // As wide as the last one will be, so that the bar keeps its place.
    let count = done.grouped.aligned(to: total.grouped.columns) + " / " + total.grouped
    let room = min(width - "\(task)  [] \(count)".columns, Self.widestBar)
    guard room >= Self.narrowestBar else { return "\(task)  \(count)".clipped(to: max(width, 1)) }
    let share = total > 0 ? min(max(Double(done) / Double(total), 0), 1) : 1
    let filled = Int(share * Double(room))
    let bar = String(repeating: "#", count: filled) + String(repeating: " ", count: room - filled)
    return "\(task)  [\(bar)] \(count)"
  }
}

/// A counter of the work of several tasks that decides when the count is shown: first after a
/// second of work, then every tenth of a second.
public final class ProgressCounter: Sendable {
  private static let firstDelay: UInt64 = 1_000_000_000
  private static let interval: UInt64 = 100_000_000

  private let done = Atomic<Int>(0)
  private let nextShowing: Atomic<UInt64>

  /// Creates a counter.
  ///
  /// - Parameter start: The time in nanoseconds, on the same clock as that of `advance`.
  public init(start: UInt64) {
    nextShowing = Atomic(start + Self.firstDelay)
  }

  /// The amount of work done.
  public var count: Int { done.load(ordering: .relaxed) }

  /// Adds to the work done, and returns the count if it is time to show it. If several tasks call
  /// at the same time, only one gets it.
  public func advance(by amount: Int = 1, at now: UInt64) -> Int? {
    let (_, count) = done.add(amount, ordering: .relaxed)
    let due = nextShowing.load(ordering: .relaxed)
    guard now >= due else { return nil }
    let (isFirst, _) = nextShowing.compareExchange(
      expected: due, desired: now + Self.interval, ordering: .relaxed)
    return isFirst ? count : nil
  }
}
