import Files

/// A reader of the elements that begin in one stripe of an array, piece by piece, which skips
/// anything that is not JSON element by element.
struct JSONStripeReader<Decoder: JSONElementDecoder> {
  let file: InputFile
  /// The offset of the next element.
  private(set) var position: Int
  let limit: Int
  let pieceSize: Int
  var decoder: Decoder
  /// Whether the array's closing bracket has been passed.
  private(set) var isClosed = false
  private let tokenizer = JSONTokenizer()
  /// The size of the next piece in bytes, small after a fault, so that a file full of them is not
  /// read repeatedly.
  private var currentPiece: Int
  /// Whether an element ends at `position`, so that a comma is due.
  private var followsElement = false
  /// Whether a comma stands before `position`, so that an element is due.
  private var followsComma: Bool
  /// The longest record in bytes: a bracket that stays open longer was never meant to be closed.
  private let longestElement = 16 << 20

  init(
    file: InputFile, position: Int, limit: Int, pieceSize: Int, followsComma: Bool, decoder: Decoder
  ) {
    self.file = file
    self.position = position
    self.limit = limit
    self.pieceSize = pieceSize
    self.followsComma = followsComma
    self.decoder = decoder
    currentPiece = pieceSize
  }

  mutating func read() throws {
    try passSeparators()
    while position < limit, !isClosed {
      if try readPiece() {
        currentPiece = min(currentPiece * 2, pieceSize)
      } else {
        currentPiece = min(pieceSize, 4096)
        if !isClosed, position < file.size { try stepOverElement() }
      }
    }
  }

  /// Reads as many complete elements as the next piece is likely to hold. Returns false if elements
  /// have to be examined one by one.
  private mutating func readPiece() throws -> Bool {
    let count = min(currentPiece, limit - position)
    let text = tokenizer.text(capacity: count)
    let got = try file.read(at: position, into: text, count: count)
    var piece = UnsafeBufferPointer(start: text, count: got)
    if position + got < limit {
      guard let boundary = JSONScanner.lastLikelyBoundary(in: piece) else { return false }
      piece = UnsafeBufferPointer(rebasing: piece[..<boundary])
    }
    let last = JSONScanner.skipBlanksBackward(in: piece, before: piece.count)
    let endsInComma = last >= 0 && piece[last] == UInt8(ascii: ",")
    let length = endsInComma ? last : last + 1
    let result = tokenizer.tokenize(length: length)
    let end = decodeObjects(result)
    if result.error == nil, end == length, endsInComma {
      position += piece.count
      followsComma = true
      return true
    }
    if end > 0 { passElement(length: end) }
    try passSeparators()
    return result.error == nil && end == result.end
  }

  /// Decodes the objects that come first, and returns the offset after them.
  private mutating func decodeObjects(_ tokens: JSONTokens) -> Int {
    var end = 0
    var isObject = true
    let base = position
    tokens.forEachValue { node in
      isObject = isObject && node.kind == .object
      guard isObject else { return }
      decoder.decode(node, base: base)
      end = node.rawEnd
    }
    return end
  }

  private mutating func passElement(length: Int) {
    position += length
    followsElement = true
    followsComma = false
  }

  /// Moves to the start of the next element, or past the array's closing bracket, and reports
  /// anything between except one comma.
  private mutating func passSeparators() throws {
    while true {
      let (byte, place) = try nextByte(from: position)
      position = place
      switch byte {
      case UInt8(ascii: "]"):
        if followsComma { decoder.find("expected a record after the comma, found a ]", at: place) }
        isClosed = true
        position += 1
        return
      case UInt8(ascii: ","):
        if !followsElement { decoder.find("expected a record, found a comma", at: place) }
        followsElement = false
        followsComma = true
        position += 1
      case UInt8(ascii: "}"), UInt8(ascii: ":"):
        let found = byte == UInt8(ascii: ":") ? "colon" : "brace that closes nothing"
        decoder.find("expected a record or a comma, found a \(found)", at: place)
        position += 1
      case nil: return
      default:
        if followsElement { decoder.find("expected a comma between records", at: place) }
        followsElement = false
        followsComma = false
        return
      }
    }
  }

  /// Decodes or rejects the one element at `position`.
  private mutating func stepOverElement() throws {
    var capacity = max(currentPiece, 4096)
    while true {
      let text = tokenizer.text(capacity: capacity)
      let got = try file.read(at: position, into: text, count: capacity)
      let piece = UnsafeBufferPointer(start: text, count: got)
      let isLast = position + got >= file.size
      switch JSONScanner.valueEnd(in: piece, from: 0) {
      case .found(let end):
        guard try isAlone(piece, upTo: end) else {
          let reason = "expected an object"
          if try rejectBroken(piece, from: end, isLast: isLast, reason) { return }
          break
        }
        return try takeElement(piece, length: end)
      case .mismatch(let offset):
        let reason = "the brackets do not match"
        if piece[offset] == UInt8(ascii: "{") {
          reject(piece, upTo: offset, reason: reason)
          return try passSeparators()
        }
        if try rejectBroken(piece, from: offset, isLast: isLast, reason) { return }
      case .open:
        guard isLast || got >= longestElement else { break }
        let reason = RecordFault.cutByTheEnd
        if try rejectBroken(piece, from: 1, isLast: isLast, reason) { return }
      }
      capacity *= 2
    }
  }

  /// Returns whether the text up to `end` is a list or an object, or a word or number followed by a
  /// comma or bracket; others are the rests of a record whose brace is missing.
  private func isAlone(_ piece: UnsafeBufferPointer<UInt8>, upTo end: Int) throws -> Bool {
    if piece[0] == UInt8(ascii: "{") || piece[0] == UInt8(ascii: "[") { return true }
    let (byte, _) = try nextByte(from: position + end)
    return byte == UInt8(ascii: ",") || byte == UInt8(ascii: "]") || byte == nil
  }

  /// Rejects the text up to the likely start of the next record or end of the array. Returns false
  /// if more of the file is needed to decide.
  private mutating func rejectBroken(
    _ piece: UnsafeBufferPointer<UInt8>, from offset: Int, isLast: Bool, _ reason: String
  ) throws -> Bool {
    let next = JSONScanner.resumption(in: piece, from: offset, isLast: isLast)
    guard let end = next ?? (isLast ? piece.count : nil) else { return false }
    reject(piece, upTo: end, reason: reason)
    try passSeparators()
    return true
  }

  private mutating func takeElement(
    _ piece: UnsafeBufferPointer<UInt8>, length: Int
  ) throws {
    let result = tokenizer.tokenize(length: length)
    if let reason = result.error {
      if try takeWithControls(length: length) { return }
      let element = UnsafeBufferPointer(rebasing: piece[..<length])
      if let next = JSONScanner.swallowed(by: element) {
        reject(piece, upTo: next, reason: reason)
      } else {
        reject(piece, upTo: length, reason: reason)
        followsElement = true
      }
    } else {
      result.forEachValue { decoder.decode($0, base: position) }
      passElement(length: length)
    }
    try passSeparators()
  }

  /// Decodes an element whose only fault is that tabs or other control characters stand within its
  /// texts, where JSON requires escapes. They are hidden from the tokenizer and restored before the
  /// element is decoded.
  private mutating func takeWithControls(length: Int) throws -> Bool {
    let text = tokenizer.text(capacity: length)
    let controls = JSONScanner.controls(in: UnsafeBufferPointer(start: text, count: length))
    guard !controls.isEmpty else { return false }
    let hidden = controls.map { text[$0] }
    for offset in controls { text[offset] = UInt8(ascii: " ") }
    let result = tokenizer.tokenize(length: length)
    for (offset, byte) in zip(controls, hidden) { text[offset] = byte }
    guard result.error == nil else { return false }
    decoder.expect(controls: zip(controls, hidden).map { (position + $0, $1) })
    result.forEachValue { decoder.decode($0, base: position) }
    passElement(length: length)
    try passSeparators()
    return true
  }

  private mutating func reject(
    _ piece: UnsafeBufferPointer<UInt8>, upTo end: Int, reason: String
  ) {
    let last = JSONScanner.skipBlanksBackward(in: piece, before: end)
    let length = last >= 0 && piece[last] == UInt8(ascii: ",") ? last : last + 1
    let record = UnsafeBufferPointer(rebasing: piece[..<length])
    decoder.reject(String(decoding: record, as: UTF8.self), at: position, reason: reason)
    position += end
    followsElement = false
    followsComma = false
  }

  /// Returns the first byte at or after `offset` that is not blank, and its offset.
  private func nextByte(from offset: Int) throws -> (byte: UInt8?, offset: Int) {
    var offset = offset
    while offset < file.size {
      let bytes = try file.bytes(at: offset, count: 64)
      if let index = bytes.firstIndex(where: { !JSONScanner.isBlank($0) }) {
        return (bytes[index], offset + index)
      }
      if bytes.isEmpty { break }
      offset += bytes.count
    }
    return (nil, file.size)
  }
}
