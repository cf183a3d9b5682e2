/// The outlines of one object: closed rings of corners in pixels, x0 y0 x1 y1 ….
///
/// A file's polygons share one array of coordinates, so that a million annotations do not need a
/// million allocations. From `start` on the array holds the number of rings, the number of
/// coordinates in each ring, then the coordinates.
public struct Polygons: Sendable {
  private let storage: [Double]
  private let start: Int

  /// The rings, each a list x0 y0 x1 y1 …; a ring of odd length is admitted.
  public init(_ rings: [[Double]]) {
    storage = [Double(rings.count)] + rings.map { Double($0.count) } + rings.flatMap { $0 }
    start = 0
  }

  /// The polygons that stand in `storage` from `start` on.
  init(storage: [Double], start: Int) {
    self.storage = storage
    self.start = start
  }

  /// The number of rings.
  public var count: Int { Int(storage[start]) }
  public var isEmpty: Bool { count == 0 }

  /// Calls `body` with the coordinates of each ring in turn.
  @inlinable
  public func forEachRing(_ body: (UnsafeBufferPointer<Double>) throws -> Void) rethrows {
    try withCoordinates { lengths, coordinates in
      var offset = 0
      for length in lengths {
        let end = offset + Int(length)
        try body(UnsafeBufferPointer(rebasing: coordinates[offset..<end]))
        offset = end
      }
    }
  }

  /// Calls `body` with the length of each ring and all coordinates, ring after ring.
  @usableFromInline
  func withCoordinates<Result>(
    _ body: (UnsafeBufferPointer<Double>, UnsafeBufferPointer<Double>) throws -> Result
  ) rethrows -> Result {
    try storage.withUnsafeBufferPointer { all in
      let first = start + 1
      let rings = first..<(first + count)
      let lengths = UnsafeBufferPointer(rebasing: all[rings])
      let total = lengths.reduce(0) { $0 + Int($1) }
      return try body(
        lengths, UnsafeBufferPointer(rebasing: all[rings.upperBound..<(rings.upperBound + total)]))
    }
  }

  /// A copy of the rings.
  public var rings: [[Double]] {
    var copy: [[Double]] = []
    forEachRing { copy.append(Array($0)) }
    return copy
  }
}

extension Polygons: Equatable {
  public static func == (left: Polygons, right: Polygons) -> Bool {
    left.withCoordinates { leftLengths, leftCoordinates in
      right.withCoordinates { rightLengths, rightCoordinates in
        leftLengths.elementsEqual(rightLengths)
          && leftCoordinates.elementsEqual(rightCoordinates)
      }
    }
  }
}
