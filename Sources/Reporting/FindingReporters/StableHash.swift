/// A hash that is the same in every run, unlike `Hasher`'s: FNV-1a of 64 bits.
/// http://www.isthe.com/chongo/tech/comp/fnv/
struct StableHash {
  private var value: UInt64 = 0xCBF2_9CE4_8422_2325

  /// Adds a text and its end, so that "ab", "c" is not "a", "bc".
  mutating func add(_ text: String) {
    for byte in text.utf8 { add(byte) }
    add(0)
  }

  private mutating func add(_ byte: UInt8) {
    value = (value ^ UInt64(byte)) &* 0x100_0000_01B3
  }

  /// 16 digits.
  var hexadecimal: String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
