/// The 128-bit hash for 64-bit machines of MurmurHash3 (Austin Appleby, 2011), seed 0.
enum MurmurHash3 {
  private static let factors: (UInt64, UInt64) = (0x87C3_7B91_1142_53D5, 0x4CF5_AD43_2745_937F)

  /// Returns the hash; the first half of the published one is the upper half of the result.
  static func hash(_ bytes: UnsafeRawBufferPointer) -> UInt128 {
    var (first, second): (UInt64, UInt64) = (0, 0)
    let blocks = bytes.count / 16
    for block in 0..<blocks {
      first ^= mixedFirst(word(bytes, at: block * 16))
      first = (rotate(first, 27) &+ second) &* 5 &+ 0x52DC_E729
      second ^= mixedSecond(word(bytes, at: block * 16 + 8))
      second = (rotate(second, 31) &+ first) &* 5 &+ 0x3849_5AB5
    }
    let tail = UnsafeRawBufferPointer(rebasing: bytes[(blocks * 16)...])
    second ^= mixedSecond(word(of: tail.dropFirst(8)))
    first ^= mixedFirst(word(of: tail.prefix(8)))
    return finished(first, second, count: bytes.count)
  }

  private static func finished(_ first: UInt64, _ second: UInt64, count: Int) -> UInt128 {
    var (first, second) = (first ^ UInt64(count), second ^ UInt64(count))
    first &+= second
    second &+= first
    first = scattered(first)
    second = scattered(second)
    first &+= second
    second &+= first
    return UInt128(first) << 64 | UInt128(second)
  }

  @inline(__always)
  private static func word(_ bytes: UnsafeRawBufferPointer, at offset: Int) -> UInt64 {
    UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  /// Returns up to eight bytes as a number, the first one lowest; missing ones count as 0.
  private static func word(of bytes: Slice<UnsafeRawBufferPointer>) -> UInt64 {
    bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  @inline(__always)
  private static func mixedFirst(_ word: UInt64) -> UInt64 {
    rotate(word &* factors.0, 31) &* factors.1
  }

  @inline(__always)
  private static func mixedSecond(_ word: UInt64) -> UInt64 {
    rotate(word &* factors.1, 33) &* factors.0
  }

  @inline(__always)
  private static func rotate(_ word: UInt64, _ count: UInt64) -> UInt64 {
    word &<< count | word &>> (64 - count)
  }

  private static func scattered(_ word: UInt64) -> UInt64 {
    var word = word
    word = (word ^ word >> 33) &* 0xFF51_AFD7_ED55_8CCD
    word = (word ^ word >> 33) &* 0xC4CE_B9FE_1A85_EC53
    return word ^ word >> 33
  }
}
