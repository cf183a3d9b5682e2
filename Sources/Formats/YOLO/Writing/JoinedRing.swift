import COCO

/// One ring joined from several: each is connected to the others by the shortest bridge between two
/// corners, which has no width and is passed once in each direction.
///
/// By the even–odd rule the ring encloses everything that an odd number of the rings enclose.
struct JoinedRing {
  /// The corners x0 y0 x1 y1 ….
  let coordinates: [Double]

  /// Joins rings, each a list x0 y0 x1 y1 … of one corner or more.
  init(_ rings: [[Double]]) {
    guard rings.count > 1 else {
      coordinates = rings.first ?? []
      return
    }
    var cycle = RingCycle(rings)
    cycle.join()
    coordinates = cycle.coordinates
  }
}

/// The corners of rings as nodes that are linked to cycles, until there is a single one.
private struct RingCycle {
  private var points: [(x: Double, y: Double)] = []
  /// The node after each.
  private var next: [Int] = []
  private var rings: [Ring] = []

  private struct Ring {
    var nodes: Range<Int>
    var extent: Box
    /// The shortest way from the rings that are joined, as its square, and the nodes at its ends.
    var distance = Double.infinity
    var outer = 0
    var own = 0
  }

  init(_ rings: [[Double]]) {
    for ring in rings where ring.count > 1 {
      let first = points.count
      var low = (x: Double.infinity, y: Double.infinity)
      var high = (x: -Double.infinity, y: -Double.infinity)
      for index in stride(from: 0, to: ring.count - 1, by: 2) {
        let point = (x: ring[index], y: ring[index + 1])
        low = (min(low.x, point.x), min(low.y, point.y))
        high = (max(high.x, point.x), max(high.y, point.y))
        points.append(point)
        next.append(points.count)
      }
      next[points.count - 1] = first
      let extent = Box(x0: low.x, y0: low.y, x1: high.x, y1: high.y)
      self.rings.append(Ring(nodes: first..<points.count, extent: extent))
    }
  }

  /// Joins all rings, the nearest next.
  mutating func join() {
    guard var last = rings.first else { return }
    var rest = Array(rings.dropFirst())
    while !rest.isEmpty {
      var nearest = 0
      for index in rest.indices {
        measure(from: last, to: &rest[index])
        if rest[index].distance < rest[nearest].distance { nearest = index }
      }
      last = rest.remove(at: nearest)
      link(last.outer, last.own)
    }
  }

  /// Looks for a shorter way from another ring to this one, only if their extents allow one.
  private func measure(from other: Ring, to ring: inout Ring) {
    guard ring.distance > 0, other.extent.gap(to: ring.extent) < ring.distance else { return }
    for outer in other.nodes {
      let (x, y) = points[outer]
      let corner = Box(x0: x, y0: y, x1: x, y1: y)
      guard corner.gap(to: ring.extent) < ring.distance else { continue }
      for own in ring.nodes {
        let (dx, dy) = (points[own].x - x, points[own].y - y)
        let distance = dx * dx + dy * dy
        if distance < ring.distance {
          (ring.distance, ring.outer, ring.own) = (distance, outer, own)
        }
      }
    }
  }

  /// Puts the cycle of `own` into that of `outer`, over a bridge there and back.
  private mutating func link(_ outer: Int, _ own: Int) {
    let back = points.count
    points += [points[outer], points[own]]
    next += [next[outer], next[own]]
    next[outer] = back + 1
    next[own] = back
  }

  /// The corners of the one cycle, none twice in a row.
  var coordinates: [Double] {
    var coordinates: [Double] = []
    var node = 0
    var last: (x: Double, y: Double)?
    repeat {
      let point = points[node]
      if last.map({ $0 != point }) ?? true { coordinates += [point.x, point.y] }
      last = point
      node = next[node]
    } while node != 0
    return coordinates
  }
}

extension Box {
  /// Returns the square of the distance to another box; 0 if they meet.
  fileprivate func gap(to other: Box) -> Double {
    let dx = max(other.x0 - x1, x0 - other.x1, 0)
    let dy = max(other.y0 - y1, y0 - other.y1, 0)
    return dx * dx + dy * dy
  }
}
