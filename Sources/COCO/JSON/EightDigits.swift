/// The eight decimal digits of a number as text, all found at once: a loop over the digits of a
/// number would guess its end wrong nearly each time.
struct EightDigits {
  /// The first number that has more.
  static let bound: UInt = 100_000_000

  /// The characters, the first one in the lowest byte, zeros before the number among them.
  let text: UInt64
  /// How many of these zeros there are: at most seven.
  let leadingZeros: Int

  /// The digits of a number below `bound`.
  @inline(__always)
  init(_ value: UInt32) {
    // Halves of four digits, then pairs of pairs, then pairs, the first always lowest. Numbers that
    // are multiplied and moved down are so divided by 100 and by 10.
    let (front, back) = value.quotientAndRemainder(dividingBy: 10_000)
    let halves = UInt64(front) | UInt64(back) << 32
    let hundreds = (halves &* 10_486) >> 20 & 0x0000_007F_0000_007F
    let pairs = hundreds | (halves &- 100 &* hundreds) << 16
    let tens = (pairs &* 103) >> 10 & 0x000F_000F_000F_000F
    let digits = tens | (pairs &- 10 &* tens) << 8
    text = digits | 0x3030_3030_3030_3030
    leadingZeros = min(digits.trailingZeroBitCount / 8, 7)
  }
}
