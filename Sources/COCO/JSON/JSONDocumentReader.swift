import Files

/// A reader of the outermost level of a JSON file: brackets, names, and small values; large arrays
/// are left to a `JSONArrayReader`.
struct JSONDocumentReader {
  let file: InputFile
  /// The offset of the next byte to read.
  var position = 0
  private var window: [UInt8] = []
  private var windowStart = 0

  init(_ file: InputFile) {
    self.file = file
  }

  /// A fault of the file's outermost level, with its place.
  struct Fault: Error {
    var kind = FaultKind.malformedFile
    var message: String
    var offset: Int
    /// Whether the fault has already been reported with a record.
    var isTold = false

    func finding(severity: Finding.Severity? = nil, source: Int) -> Finding {
      Finding(kind, severity: severity, message, at: Origin(file: source, offset: offset))
    }
  }

  /// Skips a byte order mark; throws for one of another encoding than UTF-8.
  mutating func refuseOtherEncodings() throws {
    let start = try file.bytes(at: 0, count: 4)
    if start.starts(with: [0xEF, 0xBB, 0xBF]) {
      position = 3
    } else if let encoding = JSONEncoding(start), encoding != .utf8 {
      throw Fault(
        kind: .unsupportedEncoding,
        message: "expected UTF-8, found \(encoding.rawValue): save the file as UTF-8", offset: 0)
    }
  }

  /// Returns the byte at `position`; nil at the file's end.
  mutating func peek() throws -> UInt8? {
    if position < windowStart || position >= windowStart + window.count {
      windowStart = position
      window = try file.bytes(at: position, count: 4096)
    }
    return position < windowStart + window.count ? window[position - windowStart] : nil
  }

  /// Returns the next byte that is not blank.
  mutating func peekPastBlanks() throws -> UInt8? {
    while let byte = try peek() {
      if !JSONScanner.isBlank(byte) { return byte }
      position += 1
    }
    return nil
  }

  /// Skips `byte` if it comes next after blanks, and returns whether it did.
  mutating func skip(_ byte: Character) throws -> Bool {
    guard let next = try peekPastBlanks(), next == byte.asciiValue else { return false }
    position += 1
    return true
  }

  /// Reads the next value, however long it is, and its fault; a value whose brackets match but that
  /// cannot be read is skipped.
  mutating func value() throws -> (value: JSONValue?, fault: Fault?) {
    guard try peekPastBlanks() != nil else {
      throw Fault(message: "the file ends where a value is expected", offset: position)
    }
    let tokenizer = JSONTokenizer()
    var capacity = 4096
    while true {
      let text = tokenizer.text(capacity: capacity)
      let got = try file.read(at: position, into: text, count: capacity)
      switch JSONScanner.valueEnd(in: UnsafeBufferPointer(start: text, count: got), from: 0) {
      case .found(let end):
        return try take(tokenizer.tokenize(length: end), length: end)
      case .mismatch(let offset):
        throw Fault(message: "the brackets do not match", offset: position + offset)
      case .open where position + got >= file.size:
        throw Fault(message: "the file ends inside this value", offset: position)
      case .open:
        capacity *= 4
      }
    }
  }

  private mutating func take(
    _ result: JSONTokens, length: Int
  ) throws -> (value: JSONValue?, fault: Fault?) {
    let start = position
    if let error = result.error {
      let fault = Fault(message: error, offset: start)
      // Of a separator nothing was passed over yet.
      if result.text.first == UInt8(ascii: ",") || result.text.first == UInt8(ascii: ":") {
        throw fault
      }
      position += length
      return (nil, fault)
    }
    position += length
    var value: JSONValue?
    var fault: Fault?
    result.forEachValue { node in
      value = JSONValue(node)
      fault = node.firstFault.map {
        Fault(
          kind: .malformedValue, message: "expected a JSON value, found \($0.raw), kept as text",
          offset: start + $0.offset)
      }
    }
    return (value, fault)
  }
}
