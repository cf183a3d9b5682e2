/// Walks the outermost level of a JSON file: brackets, names, and small values; large arrays are
/// left to a `JSONArrayReader`.
struct JSONDocumentReader {
  let file: InputFile
  /// The offset of what is looked at next.
  var position = 0
  private var window: [UInt8] = []
  private var windowStart = 0

  init(_ file: InputFile) {
    self.file = file
  }

  /// What is wrong with the file's outermost level, and where.
  struct Fault: Error {
    var message: String
    var offset: Int
  }

  /// The byte at `position`, nil at the file's end.
  mutating func peek() throws -> UInt8? {
    if position < windowStart || position >= windowStart + window.count {
      windowStart = position
      window = try file.bytes(at: position, count: 4096)
    }
    return position < windowStart + window.count ? window[position - windowStart] : nil
  }

  /// The next byte that is not blank.
  mutating func peekPastBlanks() throws -> UInt8? {
    while let byte = try peek() {
      if !JSONScanner.isBlank(byte) { return byte }
      position += 1
    }
    return nil
  }

  /// Passes over `byte` where it comes next, blanks apart.
  mutating func skip(_ byte: Character) throws -> Bool {
    guard let next = try peekPastBlanks(), next == byte.asciiValue else { return false }
    position += 1
    return true
  }

  /// Reads the value that comes next, however long it is.
  mutating func value() throws -> JSONValue {
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
        let result = tokenizer.tokenize(length: end)
        var value: JSONValue?
        result.forEachValue { value = JSONValue($0) }
        guard let value, result.error == nil else {
          throw Fault(message: "this is no JSON value", offset: position)
        }
        position += end
        return value
      case .mismatch(let offset):
        throw Fault(message: "the brackets do not match", offset: position + offset)
      case .open where position + got >= file.size:
        throw Fault(message: "the file ends inside this value", offset: position)
      case .open:
        capacity *= 4
      }
    }
  }
}
