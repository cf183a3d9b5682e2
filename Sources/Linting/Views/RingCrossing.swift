/// A search for two edges of a closed ring x0 y0 x1 y1 … that cross.
///
/// Edges that only touch, share a corner or lie along each other do not cross.
enum RingCrossing {
  /// The number of edges up to which all pairs are tried, which needs no memory.
  private static let fewEdges = 16

  /// Returns the corners at which two crossing edges begin, counted from 0; nil if none cross.
  static func first(in ring: UnsafeBufferPointer<Double>) -> (Int, Int)? {
    let count = ring.count / 2
    guard count > 3 else { return nil }
    return count <= fewEdges ? firstOfFew(ring, count) : firstOfMany(ring, count)
  }

  private static func firstOfFew(
    _ ring: UnsafeBufferPointer<Double>, _ count: Int
  ) -> (Int, Int)? {
    for first in 0..<(count - 2) {
      for second in (first + 2)..<count where cross(ring, first, second, count) {
        return (first, second)
      }
    }
    return nil
  }

  /// Compares only edges whose extents in x meet: those are neighbours in the order of their left
  /// ends.
  private static func firstOfMany(
    _ ring: UnsafeBufferPointer<Double>, _ count: Int
  ) -> (Int, Int)? {
    let left = (0..<count).map { min(ring[2 * $0], ring[2 * (($0 + 1) % count)]) }
    let right = (0..<count).map { max(ring[2 * $0], ring[2 * (($0 + 1) % count)]) }
    let order = (0..<count).sorted { (left[$0], $0) < (left[$1], $1) }
    var found: (Int, Int)?
    for (position, first) in order.enumerated() {
      for second in order[(position + 1)...] {
        if left[second] > right[first] { break }
        let pair = (min(first, second), max(first, second))
        if cross(ring, pair.0, pair.1, count), found.map({ pair < $0 }) ?? true { found = pair }
      }
    }
    return found
  }

  private static func cross(
    _ ring: UnsafeBufferPointer<Double>, _ first: Int, _ second: Int, _ count: Int
  ) -> Bool {
    let (firstEnd, secondEnd) = ((first + 1) % count, (second + 1) % count)
    guard firstEnd != second, secondEnd != first else { return false }
    let turns = (
      turn(ring, first, firstEnd, second), turn(ring, first, firstEnd, secondEnd),
      turn(ring, second, secondEnd, first), turn(ring, second, secondEnd, firstEnd)
    )
    return turns.0 * turns.1 < 0 && turns.2 * turns.3 < 0
  }

  /// Returns −1, 0 or 1 if the corner lies to one side of the line from `start` to `end`, on it, or
  /// to the other. A distance that rounding explains counts as on it.
  private static func turn(
    _ ring: UnsafeBufferPointer<Double>, _ start: Int, _ end: Int, _ corner: Int
  ) -> Double {
    let (ax, ay) = (ring[2 * end] - ring[2 * start], ring[2 * end + 1] - ring[2 * start + 1])
    let (bx, by) = (ring[2 * corner] - ring[2 * start], ring[2 * corner + 1] - ring[2 * start + 1])
    let product = ax * by - ay * bx
    let noise = 1e-12 * (abs(ax * by) + abs(ay * bx))
    return abs(product) <= noise ? 0 : product > 0 ? 1 : -1
  }
}
