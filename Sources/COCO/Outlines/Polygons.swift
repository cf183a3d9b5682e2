/// The outlines of one object: closed rings of corners in pixels, x0 y0 x1 y1 ….
///
/// A file's polygons share one array of words, so that a million annotations do not need a million
/// allocations. From `start` on the array holds a head, the number of coordinates in each ring,
/// then the coordinates. Those that were written with at most two decimals, as nearly all files
/// have them, are hundredths of a pixel, a word each, which halves what a large file needs; all
/// others are doubles of two words. The head is twice the number of rings, and one more for doubles.
public struct Polygons: Sendable {
  private let words: [Int32]
  private let start: Int

  /// The rings, each a list x0 y0 x1 y1 …; a ring of odd length is admitted.
  public init(_ rings: [[Double]]) {
    var words: [Int32] = []
    Self.append(lengths: rings.map(\.count), coordinates: rings.flatMap { $0 }, to: &words)
    self.init(words: words, start: 0)
  }

  /// The polygons that stand in `words` from `start` on.
  init(words: [Int32], start: Int) {
    self.words = words
    self.start = start
  }

  /// The number of rings.
  public var count: Int { withWords { $0.count } }
  public var isEmpty: Bool { count == 0 }

  /// Calls `body` with the coordinates of each ring in turn.
  public func forEachRing(_ body: (UnsafeBufferPointer<Double>) throws -> Void) rethrows {
    try withWords { try $0.forEachDecodedRing(body) }
  }

  /// Calls `body` with the words, where they stand.
  @inline(__always)
  func withWords<Result>(_ body: (PolygonWords) throws -> Result) rethrows -> Result {
    try words.withUnsafeBufferPointer { words in
      guard let first = words.baseAddress else { fatalError("polygons have a head") }
      return try body(PolygonWords(head: first + start))
    }
  }

  /// A copy of the rings.
  public var rings: [[Double]] {
    var copy: [[Double]] = []
    forEachRing { copy.append(Array($0)) }
    return copy
  }
}

extension Polygons {
  /// Adds the head of `rings` rings of hundredths, and room for the length of each.
  static func appendHundredthsHead(rings: Int, to words: inout [Int32]) {
    words.append(Int32(rings) << 1)
    for _ in 0..<rings { words.append(0) }
  }

  /// Adds rings of these lengths whose coordinates, ring after ring, are held as doubles.
  static func append(lengths: [Int], coordinates: [Double], to words: inout [Int32]) {
    words.append(Int32(lengths.count) << 1 | 1)
    for length in lengths { words.append(Int32(length)) }
    for coordinate in coordinates {
      words.append(Int32(truncatingIfNeeded: coordinate.bitPattern))
      words.append(Int32(truncatingIfNeeded: coordinate.bitPattern >> 32))
    }
  }
}

extension Polygons: Equatable {
  public static func == (left: Polygons, right: Polygons) -> Bool {
    let areSame: Bool? = left.withWords { left in
      right.withWords { right in
        guard left.holdsHundredths, right.holdsHundredths else { return nil }
        return left.words.elementsEqual(right.words)
      }
    }
    return areSame ?? (left.rings == right.rings)
  }
}
