import COCO

/// The coding of a category's detections in partial results: by falling score, then by the image's
/// id, then by rank, each with its score, the number of its image among those of the file, its
/// rank, and its matches.
struct OutcomeCoding {
  /// A, the ranges of areas.
  let ranges: Int
  /// The number of bytes that hold a bit for each IoU threshold.
  private let maskBytes: Int

  init(_ settings: EvaluationSettings) {
    ranges = settings.areaRanges.count
    maskBytes = (settings.iouThresholds.count + 7) / 8
  }

  /// Appends a detection of image number `image`.
  @inline(__always)
  func append(
    _ entry: MatchOutcomes.Entry, image: UInt32, _ matches: UnsafePointer<MatchOutcomes.Match>?,
    to bytes: inout [UInt8]
  ) {
    bytes.append(little: entry.score.bitPattern)
    bytes.append(little: image)
    bytes.append(variable: UInt64(UInt32(bitPattern: entry.rank)))
    bytes.append(variable: UInt64(entry.outside) << 1 | (matches == nil ? 0 : 1))
    guard let matches else { return }
    for range in 0..<ranges {
      for mask in [matches[range].matched, matches[range].ignored] {
        for byte in 0..<maskBytes {
          bytes.append(UInt8(truncatingIfNeeded: mask >> UInt64(8 * byte)))
        }
      }
    }
  }

  /// Reads the next detection; what it matches goes to `matches` [A].
  @inline(__always)
  func next(
    _ cursor: inout PartialCursor, into matches: UnsafeMutablePointer<MatchOutcomes.Match>
  ) -> (entry: MatchOutcomes.Entry, image: UInt32) {
    let score = cursor.double()
    let image = cursor.integer(UInt32.self)
    let rank = Int32(truncatingIfNeeded: cursor.variable())
    let flags = cursor.variable()
    let canMatch = flags & 1 == 1
    if canMatch {
      for range in 0..<ranges {
        matches[range].matched = mask(&cursor)
        matches[range].ignored = mask(&cursor)
      }
    }
    let entry = MatchOutcomes.Entry(
      score: score, category: 0, rank: rank, outside: UInt32(truncatingIfNeeded: flags >> 1),
      match: canMatch ? 0 : -1)
    return (entry, image)
  }

  @inline(__always)
  private func mask(_ cursor: inout PartialCursor) -> UInt64 {
    var mask: UInt64 = 0
    for byte in 0..<maskBytes {
      mask |= UInt64(cursor.integer(UInt8.self)) << UInt64(8 * byte)
    }
    return mask
  }
}

/// The detections of one category in several files, merged while they are visited: none of them is
/// held in memory.
struct MergedOutcomes: ScoredOutcomes {
  /// The block of one file.
  struct Block {
    var bytes: PartialSection
    var offset: Int
    var count: Int
    /// The ids of the file's images, in ascending order.
    var images: PartialSection
  }

  let coding: OutcomeCoding
  let blocks: [Block]

  var count: Int { blocks.reduce(0) { $0 + $1.count } }

  func visit(
    _ body: (MatchOutcomes.Entry, UnsafePointer<MatchOutcomes.Match>?) throws -> Void
  ) rethrows {
    try visitPlaced { entry, _, matches in try body(entry, matches) }
  }

  /// Calls `body` also with the id of the image.
  func visitPlaced(
    _ body: (MatchOutcomes.Entry, Int, UnsafePointer<MatchOutcomes.Match>?) throws -> Void
  ) rethrows {
    let matches = UnsafeMutablePointer<MatchOutcomes.Match>.allocate(
      capacity: coding.ranges * blocks.count)
    matches.initialize(repeating: .init(), count: coding.ranges * blocks.count)
    defer { matches.deallocate() }
    var heads = blocks.enumerated().compactMap { index, block in
      OutcomeHead(block, coding, matches: matches + index * coding.ranges)
    }.sorted()
    // Taken from the end: the last of the heads is the next.
    heads.reverse()
    while var head = heads.popLast() {
      repeat {
        try body(
          head.entry, head.image, head.entry.match < 0 ? nil : UnsafePointer(head.matches))
      } while head.advance(coding) && (heads.last.map { head < $0 } ?? true)
      if head.isValid { Self.insert(head, into: &heads) }
    }
    withExtendedLifetime(blocks) {}
  }

  private static func insert(_ head: OutcomeHead, into heads: inout [OutcomeHead]) {
    var (low, high) = (0, heads.count)
    while low < high {
      let middle = (low + high) / 2
      if head < heads[middle] { low = middle + 1 } else { high = middle }
    }
    heads.insert(head, at: low)
  }
}

/// The next detection of one file.
private struct OutcomeHead: Comparable {
  private(set) var entry: MatchOutcomes.Entry
  /// The id of its image.
  private(set) var image = 0
  let matches: UnsafeMutablePointer<MatchOutcomes.Match>
  private var key: UInt64 = 0
  private var left: Int
  private var cursor: PartialCursor
  private let images: UnsafeRawBufferPointer

  /// Reads the first detection of a block; nil if it has none.
  init?(
    _ block: MergedOutcomes.Block, _ coding: OutcomeCoding,
    matches: UnsafeMutablePointer<MatchOutcomes.Match>
  ) {
    self.matches = matches
    left = block.count
    cursor = block.bytes.cursor(at: block.offset)
    images = block.images.withBytes { $0 }
    entry = MatchOutcomes.Entry(score: 0, category: 0, rank: 0, outside: 0, match: -1)
    guard advance(coding) else { return nil }
  }

  var isValid: Bool { left >= 0 }

  /// Moves to the next detection; returns false, and is no longer valid, if there is none.
  @inline(__always)
  mutating func advance(_ coding: OutcomeCoding) -> Bool {
    left -= 1
    guard left >= 0 else { return false }
    let (entry, number) = coding.next(&cursor, into: matches)
    self.entry = entry
    key = ScoreOrder.key(entry.score)
    let offset = Int(number) * 8
    image =
      offset + 8 <= images.count
      ? Int(littleEndian: images.loadUnaligned(fromByteOffset: offset, as: Int.self)) : 0
    return true
  }

  @inline(__always)
  static func < (left: OutcomeHead, right: OutcomeHead) -> Bool {
    if left.key != right.key { return left.key < right.key }
    if left.image != right.image { return left.image < right.image }
    return left.entry.rank < right.entry.rank
  }

  static func == (left: OutcomeHead, right: OutcomeHead) -> Bool {
    (left.key, left.image, left.entry.rank) == (right.key, right.image, right.entry.rank)
  }
}
