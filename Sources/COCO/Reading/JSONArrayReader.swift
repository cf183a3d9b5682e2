import Files

/// Makes records of the elements of a JSON array.
protocol JSONElementDecoder: SendableMetatype {
  associatedtype Batch: Sendable
  /// Told which part of the file is to come.
  mutating func expect(_ stretch: Range<Int>)
  /// Told which control characters stand within the texts of the element that comes next: where in
  /// the file, and which.
  mutating func expect(controls: [(offset: Int, byte: UInt8)])
  /// Takes over one element; `base` is the file offset of the text in which it stands.
  mutating func decode(_ element: JSONNode, base: Int)
  /// Takes note of a record that is not JSON.
  mutating func reject(_ raw: String, at offset: Int, reason: String)
  /// Takes note of something between two records that is not JSON.
  mutating func find(_ message: String, at offset: Int)
  /// All that was taken over.
  consuming func finish() -> Batch
}

extension JSONElementDecoder {
  mutating func expect(_ stretch: Range<Int>) {}
}

/// Reads the elements of one array of a JSON file by several tasks, each a stripe of the file.
///
/// A stripe begins at a guessed boundary between two objects. The guess is proven when the stripe
/// before it, which began at a proven one, ends there; where it does not, the stripe is read
/// again. So a file is cut without being scanned first.
struct JSONArrayReader<Decoder: JSONElementDecoder> {
  /// How the array ended.
  enum End: Equatable {
    /// Its bracket was closed; the offset behind it.
    case closed(Int)
    /// The file ends first.
    case cut
  }

  let file: InputFile
  let tasks: OrderedTasks
  let sizes: JSONReadSizes
  let makeDecoder: @Sendable () -> Decoder

  /// Reads from `start`, the offset behind the array's opening bracket, and hands over the batches
  /// in order.
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

  /// The first likely boundary at or after `offset`, the file's end where there is none.
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

/// How much of a file one task takes, and how much of that is in memory as text at a time.
struct JSONReadSizes: Sendable {
  var stripe = 1 << 20
  var piece = 1 << 16
}

/// What one task made of its part of an array.
struct JSONStripe<Batch: Sendable>: Sendable {
  let start: Int
  let limit: Int
  /// Where the next element begins, or the offset behind the array's closing bracket.
  let end: Int
  let isClosed: Bool
  let batch: Batch
}
