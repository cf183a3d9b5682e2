import COCO
internal import Synchronization

/// What a progress bar says: `reading  [#####     ] 1,234 / 5,000`.
public struct ProgressLine: Sendable, Equatable {
  private static let widestBar = 40
  private static let narrowestBar = 8

  /// What is being done.
  public var task: String
  /// How much there is to do; nil where it is not known.
  public var total: Int?

  public init(_ task: String, total: Int?) {
    self.task = task
    self.total = total
  }

  /// The line when `done` are done, at most `width` columns wide; without the bar where it does
  /// not fit or the total is not known.
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
