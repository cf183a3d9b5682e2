/// Calls `body` with each stretch of pixels, none of them empty, over which neither of two masks
/// changes, and with whether it lies in the first and in the second.
///
/// If one mask's runs end before the other's, the rest lies outside it.
@inline(__always)
func forEachStretch(
  of first: [UInt32], and second: [UInt32], body: (Int, Bool, Bool) -> Void
) {
  first.withUnsafeBufferPointer { first in
    second.withUnsafeBufferPointer { second in
      var left = RunCursor(runs: first)
      var right = RunCursor(runs: second)
      while left.advance(), right.advance() {
        let length = min(left.rest, right.rest)
        body(length, left.isSet, right.isSet)
        left.rest -= length
        right.rest -= length
      }
      while left.advance() {
        body(left.rest, left.isSet, false)
        left.rest = 0
      }
      while right.advance() {
        body(right.rest, false, right.isSet)
        right.rest = 0
      }
    }
  }
}

/// A place within a mask's runs.
private struct RunCursor {
  let runs: UnsafeBufferPointer<UInt32>
  private var next = 0
  /// The number of pixels left in the current run.
  var rest = 0

  init(runs: UnsafeBufferPointer<UInt32>) { self.runs = runs }

  /// Whether the current run is one of ones.
  var isSet: Bool { next & 1 == 0 }

  /// Moves to the next run with pixels if the current one is used up; returns false at the end.
  @inline(__always)
  mutating func advance() -> Bool {
    while rest == 0 {
      guard next < runs.count else { return false }
      rest = Int(runs[next])
      next += 1
    }
    return true
  }
}
