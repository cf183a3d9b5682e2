/// The outlines of one object: closed rings of corners in pixels, x0 y0 x1 y1 ….
///
/// A file's polygons share one array of words, so that a million annotations do not need a million
/// allocations. From `start` on, the array holds what `PolygonWords` describes.
public struct Polygons: Sendable {
  let words: [Int32]
  let start: Int

  /// Creates polygons from rings, each a list x0 y0 x1 y1 …; a ring of odd length is admitted.
  public init(_ rings: [[Double]]) {
    var words: [Int32] = []
    Self.append(lengths: rings.map(\.count), coordinates: rings.flatMap { $0 }, to: &words)
    self.init(words: words, start: 0)
  }

  /// Creates the polygons that stand in `words` from `start` on.
  init(words: [Int32], start: Int) {
    self.words = words
    self.start = start
  }

  /// The number of rings.
  public var count: Int { withWords { $0.count } }
  /// Whether there are no rings.
  public var isEmpty: Bool { count == 0 }

  /// Calls `body` with the coordinates of each ring in turn.
  public func forEachRing(_ body: (UnsafeBufferPointer<Double>) throws -> Void) rethrows {
    try withWords { try $0.forEachDecodedRing(body) }
  }

  /// Calls `body` with the words in place.
  @inline(__always)
  func withWords<Result>(_ body: (PolygonWords) throws -> Result) rethrows -> Result {
    try words.withUnsafeBufferPointer { try body(PolygonWords($0, start: start)) }
  }

  /// A copy of the rings.
  public var rings: [[Double]] {
    var copy: [[Double]] = []
    forEachRing { copy.append(Array($0)) }
    return copy
  }
}

extension Polygons {
  /// Appends rings of these lengths; `coordinates` holds them ring after ring, as doubles.
  static func append(lengths: [Int], coordinates: [Double], to words: inout [Int32]) {
    PolygonWords.appendHead(.doubles, lengths: lengths, to: &words)
    for coordinate in coordinates {
      words.append(Int32(truncatingIfNeeded: coordinate.bitPattern))
      words.append(Int32(truncatingIfNeeded: coordinate.bitPattern >> 32))
    }
  }
}

extension Polygons: Equatable {
  /// Compares the rings, however they are stored.
  public static func == (left: Polygons, right: Polygons) -> Bool {
    let areSame: Bool? = left.withWords { left in
      right.withWords { right in
        guard left.form == right.form, left.form != .doubles else { return nil }
        return left.words.elementsEqual(right.words)
      }
    }
    return areSame ?? (left.rings == right.rings)
  }
}
