import Files

/// A decoder that makes records of the elements of a JSON array.
protocol JSONElementDecoder: SendableMetatype {
  associatedtype Batch: Sendable
  /// Receives the part of the file that comes next.
  mutating func expect(_ stretch: Range<Int>)
  /// Receives the control characters within the texts of the next element, with their offsets in
  /// the file.
  mutating func expect(controls: [(offset: Int, byte: UInt8)])
  /// Decodes one element; `base` is the file offset of the text that holds it.
  mutating func decode(_ element: JSONNode, base: Int)
  /// Records an element that is not JSON.
  mutating func reject(_ raw: String, at offset: Int, reason: String)
  /// Records something between two elements that is not JSON.
  mutating func find(_ message: String, at offset: Int)
  /// Returns all decoded records.
  consuming func finish() -> Batch
}

extension JSONElementDecoder {
  mutating func expect(_ stretch: Range<Int>) {}
}

/// A reader of the elements of one array of a JSON file, by several tasks that read a stripe each.
///
/// A stripe begins at a guessed boundary between two objects. The guess is proven when the stripe
/// before it, which began at a proven one, ends there; if it does not, the stripe is read again. So
/// a file is divided without being scanned first.
struct JSONArrayReader<Decoder: JSONElementDecoder> {
  /// The way in which the array ended.
  enum End: Equatable {
    /// The bracket was closed; the offset after it.
    case closed(Int)
    /// The file ends first.
    case cut
  }

  let file: InputFile
  let tasks: OrderedTasks
  let sizes: JSONReadSizes
  let makeDecoder: @Sendable () -> Decoder

  /// Reads from `start`, the offset after the array's opening bracket, and passes the batches to
  /// `consume` in order.
  func read(from start: Int, consume: (Decoder.Batch) throws -> Void) async throws -> End {
    var position = start
    var end = End.cut
    let stripes = max((file.size - start + sizes.stripe - 1) / sizes.stripe, 1)
    let readStripe: @Sendable (Int) throws -> JSONStripe<Decoder.Batch> = { index in
      let first = index == 0 ? start : try boundary(from: start + index * sizes.stripe)
      let limit = try boundary(from: start + (index + 1) * sizes.stripe)
      return try stripe(from: first, upTo: limit, isFirst: first == start)
    }
    try await tasks.run(stripes, work: readStripe) { _, guessed in
      if guessed.limit <= position { return true }
      let proven =
        guessed.start == position
        ? guessed : try stripe(from: position, upTo: guessed.limit, isFirst: position == start)
      try consume(proven.batch)
      position = proven.end
      if proven.isClosed { end = .closed(position) }
      return !proven.isClosed
    }
    return end
  }

  private func stripe(
    from start: Int, upTo limit: Int, isFirst: Bool
  ) throws -> JSONStripe<Decoder.Batch> {
    var reader = JSONStripeReader(
      file: file, position: start, limit: limit, pieceSize: sizes.piece, followsComma: !isFirst,
      decoder: makeDecoder())
    reader.decoder.expect(start..<max(limit, start))
    try reader.read()
    return JSONStripe(
      start: start, limit: limit, end: reader.position, isClosed: reader.isClosed,
      batch: reader.decoder.finish())
  }

  /// Returns the first likely boundary at or after `offset`; the file's end if there is none.
  private func boundary(from offset: Int) throws -> Int {
    var size = 4096
    while offset < file.size {
      let bytes = try file.bytes(at: offset, count: size)
      let found = bytes.withUnsafeBufferPointer { JSONScanner.likelyBoundary(in: $0, from: 0) }
      if let found { return offset + found }
      if offset + bytes.count >= file.size { break }
      size *= 2
    }
    return file.size
  }
}

/// The size of the part that one task reads, and of the text that it holds in memory at a time.
struct JSONReadSizes: Sendable {
  var stripe = 1 << 20
  var piece = 1 << 16
}

/// The result of one task for its part of an array.
struct JSONStripe<Batch: Sendable>: Sendable {
  let start: Int
  let limit: Int
  /// The offset of the next element, or after the array's closing bracket.
  let end: Int
  let isClosed: Bool
  let batch: Batch
}
