import COCO

extension PartialWriter {
  /// Writes the numbers of true objects that count, [K, A].
  func write(positives: [[Int]]) throws {
    try begin("positives")
    for count in positives.joined() { try append { $0.append(little: count) } }
  }

  /// Writes the detections of each category, which `body` passes to its second argument, and their
  /// starts.
  func writeBlocks(
    categories: Int, _ body: (Int, inout OutcomeBlocks) throws -> Void
  ) throws {
    try begin("detections")
    var blocks = OutcomeBlocks(writer: self)
    var ends: [(offset: Int, count: Int)] = []
    for category in 0..<categories {
      let start = (blocks.offset, blocks.count)
      try body(category, &blocks)
      ends.append((start.0, blocks.count - start.1))
    }
    try begin("blocks")
    for end in ends {
      try append {
        $0.append(little: end.offset)
        $0.append(little: end.count)
      }
    }
  }

  /// Writes the confusions between categories.
  func write(confusion: ConfusionMatrix) throws {
    try begin("confusion")
    for counted in confusion.pairs {
      try append {
        $0.append(little: counted.pair.truth)
        $0.append(little: counted.pair.detection)
        $0.append(little: counted.count)
      }
    }
  }

  /// Writes what the detections of each image do wrong.
  func write(errors images: some Sequence<ErrorRecords.Image>) throws {
    try begin("errors")
    for image in images { try append { image.append(to: &$0) } }
  }
}

/// The detections of one category after the other, as they are written.
struct OutcomeBlocks {
  fileprivate let writer: PartialWriter
  /// The numbers of bytes and of detections so far.
  fileprivate private(set) var offset = 0
  fileprivate private(set) var count = 0

  fileprivate init(writer: PartialWriter) {
    self.writer = writer
  }

  /// Adds a detection of image number `image`.
  mutating func append(
    _ entry: MatchOutcomes.Entry, image: UInt32, _ matches: UnsafePointer<MatchOutcomes.Match>?,
    _ coding: OutcomeCoding
  ) throws {
    var size = 0
    try writer.append { bytes in
      let before = bytes.count
      coding.append(entry, image: image, matches, to: &bytes)
      size = bytes.count - before
    }
    offset += size
    count += 1
  }
}

extension ErrorRecords.Image {
  fileprivate func append(to bytes: inout [UInt8]) {
    bytes.append(little: id)
    bytes.append(little: order)
    bytes.append(variable: UInt64(points.count))
    bytes.append(variable: UInt64(truths.count))
    for point in points {
      bytes.append(little: point.score.bitPattern)
      bytes.append(little: point.category)
      bytes.append(little: point.mendedCategory)
      let kind = point.error.flatMap { ErrorKind.allCases.firstIndex(of: $0) } ?? 0x7F
      bytes.append(UInt8(kind) << 1 | (point.isIgnored ? 1 : 0))
    }
    for truth in truths {
      bytes.append(little: truth.category)
      bytes.append((truth.isFound ? 1 : 0) | (truth.isWithinReach ? 2 : 0))
    }
  }

  /// Reads an image's records.
  init(_ cursor: inout PartialCursor) {
    self.init(order: 0, id: cursor.integer(Int.self))
    order = cursor.integer(Int.self)
    let (pointCount, truthCount) = (cursor.variable(), cursor.variable())
    for _ in 0..<pointCount where !cursor.isPastEnd {
      var point = ErrorRecords.Point(score: cursor.double(), category: cursor.integer(Int32.self))
      point.mendedCategory = cursor.integer(Int32.self)
      let flags = cursor.integer(UInt8.self)
      let kinds = ErrorKind.allCases
      point.error = kinds.indices.contains(Int(flags >> 1)) ? kinds[Int(flags >> 1)] : nil
      point.isIgnored = flags & 1 == 1
      points.append(point)
    }
    for _ in 0..<truthCount where !cursor.isPastEnd {
      var truth = ErrorRecords.Truth(category: cursor.integer(Int32.self))
      let flags = cursor.integer(UInt8.self)
      (truth.isFound, truth.isWithinReach) = (flags & 1 == 1, flags & 2 == 2)
      truths.append(truth)
    }
  }
}
