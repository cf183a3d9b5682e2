/// The first directory of a TIFF file or EXIF block (TIFF 6.0, section 2; BigTIFF).
///
/// Only the first is read, so links between directories, and their cycles, do not matter.
struct TIFFDirectory {
  /// The offset that offsets within the block count from.
  private let base: Int
  /// The number of bytes in the block.
  private let count: Int
  let isBigEndian: Bool
  private let isBig: Bool
  private let firstEntry: Int
  let entryCount: Int

  /// One tag's entry, with the place of its values relative to the block.
  struct Entry {
    let tag: UInt16
    let type: UInt16
    let valueCount: Int
    let valueOffset: Int
  }

  /// Reads the directory of the block at `offset`, whose header gives the byte order and the
  /// directory's place.
  init(_ source: inout ByteSource, at offset: Int, count: Int) throws(ImageError) {
    base = offset
    self.count = count
    guard count >= 8 else {
      throw .truncated("expected a TIFF header of 8 bytes, found \(count)", offset: offset)
    }
    switch try source.bigEndian32(at: offset) {
    case 0x4949_2A00: (isBigEndian, isBig) = (false, false)
    case 0x4949_2B00: (isBigEndian, isBig) = (false, true)
    case 0x4D4D_002A: (isBigEndian, isBig) = (true, false)
    case 0x4D4D_002B: (isBigEndian, isBig) = (true, true)
    case let found:
      throw .corrupt(
        "expected a TIFF header, found bytes \(String(found, radix: 16, uppercase: true))",
        offset: offset)
    }
    let reader = Reader(base: offset, count: count, isBigEndian: isBigEndian)
    let start = try isBig ? reader.long64(8, &source) : reader.long(4, &source)
    entryCount = try isBig ? reader.long64(start, &source) : reader.short(start, &source)
    firstEntry = start + (isBig ? 8 : 2)
    guard entryCount <= 0xFFFF else {
      throw .corrupt(
        "expected at most 65535 entries in a directory, found \(entryCount)", offset: base + start)
    }
  }

  private var reader: Reader { Reader(base: base, count: count, isBigEndian: isBigEndian) }

  /// Returns the entry at `index`, below `entryCount`.
  func entry(_ index: Int, _ source: inout ByteSource) throws(ImageError) -> Entry {
    let start = firstEntry + index * (isBig ? 20 : 12)
    let tag = UInt16(try reader.short(start, &source))
    let type = UInt16(try reader.short(start + 2, &source))
    let valueCount = try isBig ? reader.long64(start + 4, &source) : reader.long(start + 4, &source)
    let field = start + (isBig ? 12 : 8)
    // Values stand in the entry itself where they fit, so division keeps a huge count from overflowing.
    let fits = valueCount <= (isBig ? 8 : 4) / max(Self.size(of: type), 1)
    let valueOffset =
      try fits ? field : isBig ? reader.long64(field, &source) : reader.long(field, &source)
    return Entry(tag: tag, type: type, valueCount: valueCount, valueOffset: valueOffset)
  }

  /// Returns the first value of a tag of whole numbers; nil if it has none.
  func value(_ entry: Entry, _ source: inout ByteSource) throws(ImageError) -> Int? {
    guard entry.valueCount > 0 else { return nil }
    switch entry.type {
    case 1: return try reader.byte(entry.valueOffset, &source)
    case 3: return try reader.short(entry.valueOffset, &source)
    case 4: return try reader.long(entry.valueOffset, &source)
    case 16: return try reader.long64(entry.valueOffset, &source)
    default: return nil
    }
  }

  /// Returns the first value of `tag`; nil if the directory lacks it.
  func first(_ tag: UInt16, _ source: inout ByteSource) throws(ImageError) -> Int? {
    guard let entry = try firstEntry(of: tag, &source) else { return nil }
    return try value(entry, &source)
  }

  /// Returns the first entry of `tag`; nil if the directory lacks it.
  func firstEntry(of tag: UInt16, _ source: inout ByteSource) throws(ImageError) -> Entry? {
    for index in 0..<entryCount {
      let entry = try entry(index, &source)
      if entry.tag == tag { return entry }
    }
    return nil
  }

  /// Returns the bytes of a value of one of TIFF's field types; 0 for an unknown one.
  private static func size(of type: UInt16) -> Int {
    switch type {
    case 1, 2, 6, 7: 1
    case 3, 8: 2
    case 4, 9, 11, 13: 4
    case 5, 10, 12, 16, 17, 18: 8
    default: 0
    }
  }
}

/// A reader of numbers of a TIFF block in its byte order, and of none outside it.
private struct Reader {
  let base: Int
  let count: Int
  let isBigEndian: Bool

  func byte(_ offset: Int, _ source: inout ByteSource) throws(ImageError) -> Int {
    Int(try source.byte(at: place(offset, size: 1)))
  }

  func short(_ offset: Int, _ source: inout ByteSource) throws(ImageError) -> Int {
    let place = try place(offset, size: 2)
    return Int(try isBigEndian ? source.bigEndian16(at: place) : source.littleEndian16(at: place))
  }

  func long(_ offset: Int, _ source: inout ByteSource) throws(ImageError) -> Int {
    let place = try place(offset, size: 4)
    return Int(try isBigEndian ? source.bigEndian32(at: place) : source.littleEndian32(at: place))
  }

  /// Returns a number of 64 bits, of which a file can use at most 48; more is refused, which also
  /// keeps every sum of offsets from overflowing.
  func long64(_ offset: Int, _ source: inout ByteSource) throws(ImageError) -> Int {
    let place = try place(offset, size: 8)
    let bits = try source.bigEndian64(at: place)
    let value = isBigEndian ? bits : bits.byteSwapped
    guard value < 1 << 48 else {
      throw .corrupt("expected a number below 2^48, found \(value)", offset: place)
    }
    return Int(value)
  }

  private func place(_ offset: Int, size: Int) throws(ImageError) -> Int {
    guard offset <= count - size else {
      throw .truncated(
        "expected \(size) bytes of a TIFF block, which ends at byte \(base + count)",
        offset: base + offset)
    }
    return base + offset
  }
}
