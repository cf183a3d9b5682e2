import Files

/// A scanner that splits rows into fields: RFC 4180 with any delimiter and quote.
///
/// A quote that is never closed, or only by one of a later row, spoils only its own line; the scan
/// continues at the next one.
struct CSVRowScanner {
  /// A field's bytes, without its quotes.
  struct Field {
    var start: Int
    var end: Int
    var isQuoted = false
    /// Whether quotes stand in it that must be unescaped.
    var hasEscapes = false

    var isEmpty: Bool { start >= end }
  }

  /// The properties of a sound row.
  struct Shape {
    /// The number of its fields.
    var count: Int
    /// The columns in which a line never breaks: names, numbers.
    var unbroken: Set<Int>
  }

  let text: UnsafeBufferPointer<UInt8>
  private let dialect: CSVDialect
  /// The properties expected of rows, if they are known.
  private let shape: Shape?
  private(set) var fields: [Field] = []
  /// The end of the row scanned last, without its line end.
  private(set) var end = 0
  /// The quote that was never closed; the row then has no fields.
  private(set) var openQuote: Int?

  init(_ text: UnsafeBufferPointer<UInt8>, _ dialect: CSVDialect, shape: Shape? = nil) {
    self.text = text
    self.dialect = dialect
    self.shape = shape
    fields.reserveCapacity(32)
  }

  /// Whether nothing stands in the row.
  var isBlank: Bool {
    openQuote == nil && fields.allSatisfy { $0.isEmpty && !$0.isQuoted }
  }

  /// Scans the row at `start` and returns the start of the next.
  mutating func scan(from start: Int) -> Int {
    fields.removeAll(keepingCapacity: true)
    openQuote = nil
    let count = text.count
    let delimiter = dialect.delimiter
    let lineEnd = dialect.lineEnd
    var index = start
    var brokenField: Int?
    while true {
      let first = dialect.skipsBlanks ? skipBlanks(from: index) : index
      if first < count, text[first] == dialect.quote {
        guard let field = quoted(from: first) else { return giveUp(at: first) }
        if let shape, breaksLine(field) {
          if shape.unbroken.contains(fields.count) { return giveUp(at: first) }
          brokenField = brokenField ?? first
        }
        fields.append(field)
        index = field.end + 1
        if delimiter != UInt8(ascii: " ") { index = skipBlanks(from: index) }
      } else {
        index = first
        while index < count, text[index] != delimiter, text[index] != lineEnd { index += 1 }
        fields.append(Field(start: first, end: index))
      }
      if index < count, text[index] == delimiter { index += 1 } else { break }
    }
    if let brokenField, let shape, fields.count != shape.count {
      return giveUp(at: brokenField)
    }
    return finish(at: index)
  }

  /// Removes the carriage return before the line end from the last field.
  private mutating func finish(at index: Int) -> Int {
    end = index
    guard let last = fields.last else { return index + 1 }
    if !last.isQuoted, last.end > last.start, isReturn(last.end - 1) {
      fields[fields.count - 1].end -= 1
      end -= 1
    }
    let isReturnNext = index < text.count && text[index] != dialect.lineEnd && isReturn(index)
    return index + (isReturnNext ? 2 : 1)
  }

  private func isReturn(_ index: Int) -> Bool {
    dialect.lineEnd == UInt8(ascii: "\n") && text[index] == UInt8(ascii: "\r")
  }

  /// Returns the field whose opening quote is at `start`; nil if no quote closes it, which must be
  /// followed by a delimiter or the line's end.
  private func quoted(from start: Int) -> Field? {
    var field = Field(start: start + 1, end: start + 1, isQuoted: true)
    var index = start + 1
    while let close = text.firstIndex(of: dialect.quote, from: index) {
      let after = close + 1
      if after < text.count, text[after] == dialect.quote {
        field.hasEscapes = true
        index = after + 1
      } else if endsField(after) || endsField(skipBlanks(from: after)) {
        field.end = close
        return field
      } else if text[close - 1] == UInt8(ascii: "\\") {
        field.hasEscapes = true
        index = after
      } else {
        return nil
      }
    }
    return nil
  }

  private func endsField(_ index: Int) -> Bool {
    guard index < text.count else { return true }
    let byte = text[index]
    if byte == dialect.delimiter || byte == dialect.lineEnd { return true }
    return isReturn(index) && (index + 1 >= text.count || text[index + 1] == dialect.lineEnd)
  }

  private func breaksLine(_ field: Field) -> Bool {
    guard let lineEnd = text.firstIndex(of: dialect.lineEnd, from: field.start) else {
      return false
    }
    return lineEnd < field.end
  }

  /// Leaves out the line of a quote that is never closed.
  private mutating func giveUp(at quote: Int) -> Int {
    fields.removeAll(keepingCapacity: true)
    openQuote = quote
    let lineEnd = text.firstIndex(of: dialect.lineEnd, from: quote) ?? text.count
    end = lineEnd > quote && isReturn(lineEnd - 1) ? lineEnd - 1 : lineEnd
    return lineEnd + 1
  }

  private func skipBlanks(from start: Int) -> Int {
    var index = start
    while index < text.count, text[index] == UInt8(ascii: " ") { index += 1 }
    return index
  }
}

extension CSVRowScanner {
  /// Returns the places at which `text` can be cut so that each part holds whole rows: the parts'
  /// starts, followed by its end.
  ///
  /// Only rows with quotes are examined; elsewhere a line is a row.
  mutating func cuts(from start: Int, size: Int) -> [Int] {
    var cuts = [start]
    var quote = text.firstIndex(of: dialect.quote, from: start)
    var position = start
    while text.count - position > size {
      let target = position + size
      while position < target {
        if let near = quote, near < position {
          quote = text.firstIndex(of: dialect.quote, from: position)
        }
        guard let near = quote, near < target else {
          position = (text.firstIndex(of: dialect.lineEnd, from: target) ?? text.count) + 1
          break
        }
        position = scan(from: lineStart(before: near, notBefore: position))
      }
      if position < text.count { cuts.append(position) }
    }
    return cuts + [text.count]
  }

  private func lineStart(before offset: Int, notBefore limit: Int) -> Int {
    var index = offset
    while index > limit, text[index - 1] != dialect.lineEnd { index -= 1 }
    return index
  }
}
