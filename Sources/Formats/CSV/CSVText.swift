import COCO

/// A table's text as UTF-8, with the way back to the bytes of its file.
struct CSVText: Sendable {
  let bytes: [UInt8]
  /// Where the text begins: behind the byte order mark.
  let start: Int
  private let wideOffsets: WideOffsets?

  /// Throws where the bytes are in an encoding that cannot be told from a mark.
  init(_ file: [UInt8]) throws(CSVFault) {
    if file.starts(with: [0xFF, 0xFE, 0, 0]) || file.starts(with: [0, 0, 0xFE, 0xFF]) {
      throw CSVFault(.unsupportedEncoding, "expected UTF-8 or UTF-16, found UTF-32", 0)
    }
    if file.starts(with: [0xFF, 0xFE]) || file.starts(with: [0xFE, 0xFF]) {
      var offsets = WideOffsets()
      bytes = offsets.transcode(file, isBigEndian: file[0] == 0xFE)
      start = 0
      wideOffsets = offsets
      return
    }
    if let zero = file.prefix(4096).firstIndex(of: 0) {
      throw CSVFault(
        .unsupportedEncoding,
        "expected text, found a zero byte; UTF-16 needs a byte order mark", zero)
    }
    bytes = file
    start = file.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    wideOffsets = nil
  }

  /// Where in the file the text's byte at `offset` stood.
  func fileOffset(_ offset: Int) -> Int {
    wideOffsets?.fileOffset(offset, in: bytes) ?? offset
  }
}

/// Why a table, or a row of it, cannot be read, and where in the text.
struct CSVFault: Error {
  var kind: FaultKind
  var message: String
  var offset: Int

  init(_ kind: FaultKind, _ message: String, _ offset: Int) {
    self.kind = kind
    self.message = message
    self.offset = offset
  }
}

/// Turns UTF-16 into UTF-8 and remembers, every so often, which byte came from where.
private struct WideOffsets: Sendable {
  private static let stride = 256
  /// The offset in the file of the first character at or behind each multiple of `stride`, and
  /// that character's offset in the text.
  private var marks: [(text: Int, file: Int)] = []

  init() {}

  mutating func transcode(_ file: [UInt8], isBigEndian: Bool) -> [UInt8] {
    let low = isBigEndian ? 1 : 0
    func unit(_ index: Int) -> UInt32 {
      UInt32(file[index + low]) | UInt32(file[index + 1 - low]) << 8
    }
    var text: [UInt8] = []
    text.reserveCapacity(file.count / 2)
    var index = 2
    while index + 1 < file.count {
      if text.count >= marks.count * Self.stride { marks.append((text.count, index)) }
      var scalar = unit(index)
      index += 2
      if scalar >> 10 == 0x36, index + 1 < file.count, unit(index) >> 10 == 0x37 {
        scalar = 0x10000 + (scalar & 0x3FF) << 10 + unit(index) & 0x3FF
        index += 2
      }
      let character = Unicode.Scalar(scalar) ?? "\u{FFFD}"
      text.append(contentsOf: UTF8.encode(character) ?? UTF8.encodedReplacementCharacter)
    }
    return text
  }

  func fileOffset(_ offset: Int, in text: [UInt8]) -> Int {
    var index = min(offset / Self.stride, marks.count - 1)
    while index > 0, marks[index].text > offset { index -= 1 }
    guard index >= 0 else { return 2 + offset }
    let mark = marks[index]
    let end = min(offset, text.count)
    guard mark.text < end else { return mark.file }
    return text[mark.text..<end].reduce(mark.file) { file, byte in
      if byte & 0xC0 == 0x80 { return file }
      return file + (byte >= 0xF0 ? 4 : 2)
    }
  }
}
