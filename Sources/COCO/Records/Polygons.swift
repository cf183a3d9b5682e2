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
  public var count: Int { Int(words[start] >> 1) }
  public var isEmpty: Bool { count == 0 }
  private var holdsHundredths: Bool { words[start] & 1 == 0 }

  /// Calls `body` with the coordinates of each ring in turn.
  public func forEachRing(_ body: (UnsafeBufferPointer<Double>) throws -> Void) rethrows {
    try forEachStoredRing { ring in
      switch ring {
      case .hundredths(let hundredths):
        try Self.withDecoded(hundredths.count, { Double(hundredths[$0]) / 100 }, body)
      case .doubles(let coordinates): try body(coordinates)
      }
    }
  }

  /// The coordinates of a ring as they are held.
  enum StoredRing {
    case hundredths(UnsafeBufferPointer<Int32>)
    case doubles(UnsafeBufferPointer<Double>)
  }

  /// Calls `body` with each ring in turn, as it is held.
  func forEachStoredRing(_ body: (StoredRing) throws -> Void) rethrows {
    try words.withUnsafeBufferPointer { words in
      let lengths = UnsafeBufferPointer(rebasing: words[start + 1..<start + 1 + count])
      var rest = UnsafeBufferPointer(rebasing: words[(start + 1 + count)...])
      for length in lengths.lazy.map(Int.init) {
        if holdsHundredths {
          try body(.hundredths(UnsafeBufferPointer(rebasing: rest[..<length])))
          rest = UnsafeBufferPointer(rebasing: rest[length...])
        } else {
          try Self.withDecoded(length, { Double(words: rest[2 * $0], rest[2 * $0 + 1]) }) {
            try body(.doubles($0))
          }
          rest = UnsafeBufferPointer(rebasing: rest[(2 * length)...])
        }
      }
    }
  }

  private static func withDecoded(
    _ count: Int, _ coordinate: (Int) -> Double,
    _ body: (UnsafeBufferPointer<Double>) throws -> Void
  ) rethrows {
    try withUnsafeTemporaryAllocation(of: Double.self, capacity: count) { decoded in
      for index in 0..<count { decoded.initializeElement(at: index, to: coordinate(index)) }
      try body(UnsafeBufferPointer(decoded))
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
    guard left.holdsHundredths, right.holdsHundredths else { return left.rings == right.rings }
    return left.stretch.elementsEqual(right.stretch)
  }

  /// The words of these polygons alone, where they hold hundredths.
  private var stretch: ArraySlice<Int32> {
    let first = start + 1 + count
    let total = words[start + 1..<first].reduce(0) { $0 + Int($1) }
    return words[start..<first + total]
  }
}

extension Double {
  fileprivate init(words low: Int32, _ high: Int32) {
    self.init(bitPattern: UInt64(UInt32(bitPattern: low)) | UInt64(UInt32(bitPattern: high)) << 32)
  }
}
