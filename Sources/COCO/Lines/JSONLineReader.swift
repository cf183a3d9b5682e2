import Files

/// A reader of a file with a JSON object on each line, by several tasks that read a stripe each.
///
/// A line that is not JSON is rejected alone. Blank lines and carriage returns are skipped.
struct JSONLineReader<Decoder: JSONElementDecoder> {
  let file: InputFile
  let tasks: OrderedTasks
  let sizes: JSONReadSizes
  let makeDecoder: @Sendable () -> Decoder

  /// Reads from `start` on, and passes the batches to `consume` in order.
  ///
  /// - Parameter part: The stripes that are read, counted from `start`; nil for all.
  func read(
    from start: Int, stripes part: Range<Int>? = nil, consume: (Decoder.Batch) throws -> Void
  ) async throws {
    let part = part ?? 0..<Self.stripes(of: file, from: start, sizes)
    let readStripe: @Sendable (Int) throws -> Decoder.Batch = { place in
      let index = part.lowerBound + place
      let first = index == 0 ? start : try lineStart(from: start + index * sizes.stripe)
      let end = try lineStart(from: start + (index + 1) * sizes.stripe)
      return try batch(first..<max(end, first))
    }
    try await tasks.run(part.count, work: readStripe) { _, batch in
      try consume(batch)
      return true
    }
  }

  /// Returns the number of stripes of a file whose lines begin at `start`.
  static func stripes(of file: InputFile, from start: Int, _ sizes: JSONReadSizes) -> Int {
    max((file.size - start + sizes.stripe - 1) / sizes.stripe, 1)
  }

  /// Reads the lines that stand in `range`.
  private func batch(_ range: Range<Int>) throws -> Decoder.Batch {
    var decoder = makeDecoder()
    decoder.expect(range)
    let bytes = try file.bytes(at: range.lowerBound, count: range.count)
    let tokenizer = JSONTokenizer()
    bytes.withUnsafeBufferPointer { bytes in
      var start = 0
      while start < bytes.count {
        let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
        Self.decode(
          UnsafeBufferPointer(rebasing: bytes[start..<end]), at: range.lowerBound + start,
          tokenizer, &decoder)
        start = end + 1
      }
    }
    return decoder.finish()
  }

  private static func decode(
    _ line: UnsafeBufferPointer<UInt8>, at offset: Int, _ tokenizer: JSONTokenizer,
    _ decoder: inout Decoder
  ) {
    let length = JSONScanner.skipBlanksBackward(in: line, before: line.count) + 1
    guard length > 0, let first = line.baseAddress else { return }
    tokenizer.text(capacity: length).update(from: first, count: length)
    let tokens = tokenizer.tokenize(length: length)
    guard tokens.error == nil, tokens.end == length else {
      let raw = String(decoding: line[..<length], as: UTF8.self)
      let reason = tokens.error ?? "expected one JSON object in a line, found more"
      return decoder.reject(raw, at: offset, reason: reason)
    }
    tokens.forEachValue { decoder.decode($0, base: offset) }
  }

  /// Returns the start of the first line that begins at `offset` or after it; the file's end if
  /// none does.
  private func lineStart(from offset: Int) throws -> Int {
    // A line that begins at `offset` has the end of another one before it.
    var position = offset - 1
    while position < file.size {
      let bytes = try file.bytes(at: position, count: 65536)
      if let index = bytes.firstIndex(of: UInt8(ascii: "\n")) { return position + index + 1 }
      position += max(bytes.count, 1)
    }
    return file.size
  }
}
