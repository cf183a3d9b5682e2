/// A set of ids, kept as runs of consecutive numbers: ids that were counted up take no memory to
/// speak of, others 16 bytes each.
public struct IDRuns: Sendable {
  /// The runs, in order, with gaps between them.
  private var runs: [ClosedRange<Int>] = []
  /// The ids that have not been sorted into `runs` yet.
  private var pending: [Int] = []
  /// Whether an id was added twice; known after `settle()`.
  public private(set) var hasRepeated = false

  private static let leastPending = 1 << 16

  /// Creates an empty set.
  public init() {}

  /// Adds ids.
  public mutating func insert(_ ids: [Int]) {
    for id in ids {
      if pending.isEmpty, let last = runs.last, last.upperBound < Int.max,
        id == last.upperBound + 1
      {
        runs[runs.count - 1] = last.lowerBound...id
      } else {
        pending.append(id)
      }
    }
    if pending.count >= max(Self.leastPending, runs.count / 2) { settle() }
  }

  /// Returns whether an id is in the set, after `settle()`.
  public func contains(_ id: Int) -> Bool {
    var (low, high) = (0, runs.count)
    while low < high {
      let middle = (low + high) / 2
      if runs[middle].upperBound < id { low = middle + 1 } else { high = middle }
    }
    return low < runs.count && runs[low].contains(id)
  }

  /// Sorts the ids that were added last among the others.
  public mutating func settle() {
    guard !pending.isEmpty else { return }
    pending.sort()
    var merged: [ClosedRange<Int>] = []
    merged.reserveCapacity(runs.count + 16)
    var (run, id) = (0, 0)
    while run < runs.count || id < pending.count {
      if id == pending.count || run < runs.count && runs[run].lowerBound <= pending[id] {
        append(runs[run], to: &merged)
        run += 1
      } else {
        append(pending[id]...pending[id], to: &merged)
        id += 1
      }
    }
    runs = merged
    pending.removeAll(keepingCapacity: true)
  }

  private mutating func append(_ next: ClosedRange<Int>, to merged: inout [ClosedRange<Int>]) {
    guard let last = merged.last else { return merged.append(next) }
    if next.lowerBound <= last.upperBound {
      hasRepeated = true
      merged[merged.count - 1] = last.lowerBound...max(last.upperBound, next.upperBound)
    } else if next.lowerBound == last.upperBound + 1 {
      merged[merged.count - 1] = last.lowerBound...next.upperBound
    } else {
      merged.append(next)
    }
  }
}
