/// A decoder of segmentations into one array of words, as in `Polygons`, for all annotations of a
/// batch.
struct SegmentationDecoder: Sendable {
  private var words: [Int32] = []
  /// The records with polygons and the start of these; applied when the array is complete.
  private var pending: [(record: Int, start: Int)] = []
  /// Whether the polygons that were read last have a ring of less than three corners, or of half a
  /// corner.
  private(set) var holdsOddRing = false

  /// Returns the segmentation of the batch's record `record`; polygons stay nil until all are read.
  mutating func decode(
    _ node: JSONNode, for record: Int
  ) throws(RecordFault) -> Segmentation? {
    forget(record)
    holdsOddRing = false
    switch node.kind {
    case .null: return nil
    case .object: return try runLengths(node)
    case .array:
      pending.append((record, words.count))
      try polygons(node)
      return nil
    default:
      throw RecordFault(
        .malformedValue, "segmentation: expected polygons or run lengths, found \(node.excerpt)",
        node.offset)
    }
  }

  /// Reserves room for this multiple of the present words.
  mutating func makeRoom(_ scale: Double) {
    words.reservePages(Int(Double(words.count) * scale))
  }

  /// Drops the polygons of a record that is rejected after all.
  mutating func forget(_ record: Int) {
    guard let last = pending.last, last.record == record else { return }
    pending.removeLast()
    words.removeSubrange(last.start...)
  }

  /// Calls `body` with each record that has polygons, and with these.
  consuming func forEachPlaced(_ body: (Int, Polygons) -> Void) {
    for (record, start) in pending { body(record, Polygons(words: words, start: start)) }
  }

  /// Replaces the rings of the batch's record `record`.
  mutating func replace(_ rings: [[Double]], for record: Int) {
    forget(record)
    pending.append((record, words.count))
    Polygons.append(
      lengths: rings.map(\.count), coordinates: rings.flatMap { $0 }, to: &words)
  }

  private mutating func polygons(_ node: JSONNode) throws(RecordFault) {
    let start = words.count
    if appendHundredths(node) { return }
    words.removeSubrange(start...)
    holdsOddRing = false
    try appendDoubles(node)
  }

  /// Appends the rings in hundredths; returns false if they hold anything else.
  private mutating func appendHundredths(_ node: JSONNode) -> Bool {
    var rings = 0
    var extent = HundredthsExtent()
    var isWhole = true
    node.forEachElement { element in
      guard isWhole, let hundredths = element.hundredths else {
        isWhole = false
        return
      }
      rings += 1
      extent.add(hundredths)
      holdsOddRing = holdsOddRing || hundredths.count < 6 || hundredths.count & 1 != 0
    }
    guard isWhole else { return false }
    PolygonWords.appendHead(
      extent.isShort ? .shortHundredths : .hundredths, rings: rings, to: &words)
    node.forEachElement { words.append(Int32($0.hundredths?.count ?? 0)) }
    if extent.isShort {
      appendShort(node, extent)
    } else {
      node.forEachElement { element in
        if let hundredths = element.hundredths { words.append(contentsOf: hundredths) }
      }
    }
    return true
  }

  private mutating func appendShort(_ node: JSONNode, _ extent: HundredthsExtent) {
    let (left, top) = (extent.left, extent.top)
    words.append(left)
    words.append(top)
    let start = words.count
    words.append(contentsOf: repeatElement(0, count: (extent.count + 1) / 2))
    words.withUnsafeMutableBytes { bytes in
      var place = bytes.baseAddress.map {
        ($0 + start * MemoryLayout<Int32>.stride).assumingMemoryBound(to: UInt16.self)
      }
      node.forEachElement { element in
        guard let hundredths = element.hundredths, let halves = place else { return }
        HundredthsExtent.shorten(hundredths, from: left, top, to: halves)
        place = halves + hundredths.count
      }
    }
  }

  private mutating func appendDoubles(_ node: JSONNode) throws(RecordFault) {
    var lengths: [Int] = []
    var coordinates: [Double] = []
    var failure: RecordFault?
    node.forEachElement { element in
      let before = coordinates.count
      if !element.appendPlainNumbers(to: &coordinates) {
        if element.kind != .array {
          failure = failure ?? notARing(element)
        }
        element.forEachElement { value in
          if let number = value.lenientNumber {
            coordinates.append(number)
          } else {
            failure = failure ?? notANumber(value)
          }
        }
      }
      lengths.append(coordinates.count - before)
    }
    if let failure { throw failure }
    holdsOddRing = lengths.contains { $0 < 6 || $0 & 1 != 0 }
    Polygons.append(lengths: lengths, coordinates: coordinates, to: &words)
  }

  private func notARing(_ node: JSONNode) -> RecordFault {
    RecordFault(
      .malformedValue, "segmentation: expected a list of corners, found \(node.excerpt)",
      node.offset)
  }

  private func notANumber(_ node: JSONNode) -> RecordFault {
    RecordFault(
      .malformedValue, "segmentation: expected a number, found \(node.excerpt)", node.offset)
  }

  private func runLengths(_ node: JSONNode) throws(RecordFault) -> Segmentation {
    var size: [Int] = []
    var counts: JSONNode?
    node.forEachMember { key, value in
      if key.reads("size") {
        value.forEachElement { size.append($0.integer ?? -1) }
      } else if key.reads("counts") {
        counts = value
      }
    }
    guard size.count == 2, size.allSatisfy({ $0 >= 0 && $0 <= Int(Int32.max) }) else {
      throw RecordFault(
        .malformedValue, "segmentation: expected a size of height and width", node.offset)
    }
    guard let counts else { throw .missing("counts", in: node) }
    return try runLengths(counts, height: size[0], width: size[1])
  }

  private func runLengths(
    _ counts: JSONNode, height: Int, width: Int
  ) throws(RecordFault) -> Segmentation {
    if counts.kind == .string {
      do {
        return .compressedRunLengths(
          RunLengthMask(
            height: height, width: width, counts: try RunLengthMask.runs(compressed: counts.bytes)))
      } catch {
        throw RecordFault(.malformedValue, "segmentation: \(error)", counts.offset)
      }
    }
    var lengths: [UInt32] = []
    var isWhole = counts.kind == .array
    counts.forEachElement { element in
      if let length = element.integer.flatMap(UInt32.init(exactly:)) {
        lengths.append(length)
      } else {
        isWhole = false
      }
    }
    guard isWhole else {
      throw RecordFault(
        .malformedValue, "segmentation: expected counts that are whole numbers of 0 or more",
        counts.offset)
    }
    return .runLengths(RunLengthMask(height: height, width: width, counts: lengths))
  }
}
