import COCO
import Files
import Glibc

/// A table's text as UTF-8, with the way back to the bytes of its file.
struct CSVText: Sendable {
  let bytes: [UInt8]
  /// The start of the text, after the byte order mark.
  let start: Int
  private let wideOffsets: WideOffsets?

  /// Creates a text; throws if the bytes are in an encoding that no mark names.
  init(_ file: [UInt8]) throws(CSVFault) {
    if file.starts(with: [0xFF, 0xFE, 0, 0]) || file.starts(with: [0, 0, 0xFE, 0xFF]) {
      throw CSVFault(.unsupportedEncoding, "expected UTF-8 or UTF-16, found UTF-32", 0)
    }
    let unit = TextUnit(file)
    if unit != .byte {
      var offsets = WideOffsets()
      bytes = offsets.transcode(file, unit)
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
    start = unit.byteOrderMark(of: file)
    wideOffsets = nil
  }

  /// Returns the offset in the file of the text's byte at `offset`.
  func fileOffset(_ offset: Int) -> Int {
    wideOffsets?.fileOffset(offset, in: bytes) ?? offset
  }
}

/// The reason why a table, or a row of it, cannot be read, and the place in the text.
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

/// A conversion from UTF-16 to UTF-8 that records the origin of bytes at intervals.
private struct WideOffsets: Sendable {
  private static let stride = 256
  /// The offset in the file of the first character at or behind each multiple of `stride`, and
  /// that character's offset in the text.
  private var marks: [(text: Int, file: Int)] = []

  init() {}

  mutating func transcode(_ file: [UInt8], _ unit: TextUnit) -> [UInt8] {
    let low = unit.lowByte
    func code(_ index: Int) -> UInt32 {
      UInt32(file[index + low]) | UInt32(file[index + 1 - low]) << 8
    }
    var text: [UInt8] = []
    text.reserveCapacity(file.count / 2)
    var index = 2
    while index + 1 < file.count {
      if text.count >= marks.count * Self.stride { marks.append((text.count, index)) }
      var scalar = code(index)
      index += 2
      if scalar >> 10 == 0x36, index + 1 < file.count, code(index) >> 10 == 0x37 {
        scalar = 0x10000 + (scalar & 0x3FF) << 10 + code(index) & 0x3FF
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

/// The names in a text, each once, by the order of their first occurrence. No name is copied.
struct ByteNames: Sendable {
  private struct Entry {
    var start: Int
    var count: Int
    /// A tag that distinguishes equal names with different meanings.
    var tag: Int
    var hash: UInt64
  }

  private var entries: [Entry] = []
  /// The indices of entries by hash, -1 in free slots; their number is a power of two.
  private var slots = [Int32](repeating: -1, count: 64)
  private var last = 0

  init() {}

  var count: Int { entries.count }

  /// Returns the number of the name in `range`; `count` before the call if it is new.
  mutating func index(
    of range: Range<Int>, tag: Int = 0, in text: UnsafeBufferPointer<UInt8>
  ) -> Int {
    if last < entries.count, matches(entries[last], range, tag, text) { return last }
    var hash = 0xCBF2_9CE4_8422_2325 ^ UInt64(bitPattern: Int64(tag))
    for index in range { hash = (hash ^ UInt64(text[index])) &* 0x0000_0100_0000_01B3 }
    hash ^= hash >> 29
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] >= 0 {
      let index = Int(slots[slot])
      if entries[index].hash == hash, matches(entries[index], range, tag, text) {
        last = index
        return index
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    last = entries.count
    slots[slot] = Int32(last)
    entries.append(Entry(start: range.lowerBound, count: range.count, tag: tag, hash: hash))
    if entries.count * 2 > slots.count { grow() }
    return last
  }

  private func matches(
    _ entry: Entry, _ range: Range<Int>, _ tag: Int, _ text: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    guard entry.count == range.count, entry.tag == tag, let base = text.baseAddress else {
      return false
    }
    return memcmp(base + entry.start, base + range.lowerBound, range.count) == 0
  }

  private mutating func grow() {
    slots = [Int32](repeating: -1, count: slots.count * 2)
    for (index, entry) in entries.enumerated() {
      var slot = Int(truncatingIfNeeded: entry.hash) & (slots.count - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(index)
    }
  }
}
