/// Reads the elements that begin in one stripe of an array, piece by piece, and steps over what is
/// not JSON element by element.
struct JSONStripeReader<Decoder: JSONElementDecoder> {
  let file: InputFile
  /// The offset where the next element begins.
  private(set) var position: Int
  let limit: Int
  let pieceSize: Int
  var decoder: Decoder
  /// Whether the array's closing bracket has been passed.
  private(set) var isClosed = false
  private let tokenizer = JSONTokenizer()
  /// Small after a fault, so that a file full of them is not read over and over.
  private var currentPiece: Int

  init(file: InputFile, position: Int, limit: Int, pieceSize: Int, decoder: Decoder) {
    self.file = file
    self.position = position
    self.limit = limit
    self.pieceSize = pieceSize
    self.decoder = decoder
    currentPiece = pieceSize
  }

  mutating func read() throws {
    while position < limit, !isClosed {
      if try readPiece() {
        currentPiece = min(currentPiece * 2, pieceSize)
      } else {
        currentPiece = min(pieceSize, 4096)
        if !isClosed { try stepOverElement() }
      }
    }
  }

  /// Reads as many whole elements as likely stand in the next piece. Says false where something
  /// there has to be looked at one by one.
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
    result.forEachValue { decoder.decode($0, base: position) }
    if result.error == nil, result.end == length, endsInComma {
      position += piece.count
      return true
    }
    return try settle(after: position + result.end, isWhole: result.error == nil)
  }

  /// Finds what follows the last whole element, which ends at `offset`.
  private mutating func settle(after offset: Int, isWhole: Bool) throws -> Bool {
    let hasElements = offset > position
    let (byte, place) = try nextByte(from: offset)
    if byte == UInt8(ascii: "]") {
      position = place + 1
      isClosed = true
    } else if byte == UInt8(ascii: ","), hasElements {
      position = try nextByte(from: place + 1).offset
    } else {
      position = place
    }
    return isWhole
  }

  /// Takes over or rejects the one element at `position`.
  private mutating func stepOverElement() throws {
    var capacity = max(currentPiece, 4096)
    while position < file.size {
      let text = tokenizer.text(capacity: capacity)
      let got = try file.read(at: position, into: text, count: capacity)
      let piece = UnsafeBufferPointer(start: text, count: got)
      if piece.first == UInt8(ascii: ",") {
        position = try nextByte(from: position + 1).offset
        return
      }
      switch JSONScanner.valueEnd(in: piece, from: 0) {
      case .found(let end):
        return try takeElement(length: end)
      case .mismatch(let offset):
        guard offset > 0 else { return try skipStrayBracket() }
        if let next = JSONScanner.likelyBoundary(in: piece, from: offset) {
          return reject(piece, upTo: next, reason: "the brackets do not match")
        }
        if position + got >= file.size {
          return reject(piece, upTo: got, reason: "the brackets do not match")
        }
      case .open:
        if position + got >= file.size {
          return reject(piece, upTo: got, reason: "the file ends inside this record")
        }
      }
      capacity *= 2
    }
  }

  private mutating func takeElement(length: Int) throws {
    let result = tokenizer.tokenize(length: length)
    if let error = result.error {
      let reason = error.prefix(1).lowercased() + error.dropFirst()
      decoder.reject(String(decoding: result.text, as: UTF8.self), at: position, reason: reason)
    } else {
      result.forEachValue { decoder.decode($0, base: position) }
    }
    let (byte, place) = try nextByte(from: position + length)
    switch byte {
    case UInt8(ascii: ","): position = try nextByte(from: place + 1).offset
    case UInt8(ascii: "]"):
      position = place + 1
      isClosed = true
    default: position = place
    }
  }

  /// A closing bracket where an element should begin: the array's own, or one too many.
  private mutating func skipStrayBracket() throws {
    let (byte, place) = try nextByte(from: position)
    if byte == UInt8(ascii: "]") {
      isClosed = true
    } else {
      decoder.reject("}", at: place, reason: "a brace closes what was not opened")
    }
    position = place + 1
  }

  private mutating func reject(
    _ piece: UnsafeBufferPointer<UInt8>, upTo end: Int, reason: String
  ) {
    let record = UnsafeBufferPointer(rebasing: piece[..<end])
    decoder.reject(String(decoding: record, as: UTF8.self), at: position, reason: reason)
    position += end
  }

  /// The first byte at or after `offset` that is not blank, and where it stands.
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
