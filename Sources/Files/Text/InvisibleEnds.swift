/// The removal of invisible characters at the ends of a text's parts, without making strings of
/// them.
public enum InvisibleEnds {
  /// Returns the part of `range` without blanks, controls and characters that show nothing at its
  /// ends. Bytes that are no UTF-8 count as visible.
  public static func trimmed(
    _ range: Range<Int>, in text: UnsafeBufferPointer<UInt8>
  ) -> Range<Int> {
    var start = range.lowerBound
    var end = range.upperBound
    while start < end {
      let byte = text[start]
      if byte > 0x20, byte < 0x7F { break }
      guard let length = invisibleLength(at: start, before: end, in: text) else { break }
      start += length
    }
    while end > start {
      let byte = text[end - 1]
      if byte > 0x20, byte < 0x7F { break }
      var first = end - 1
      while first > start, text[first] & 0xC0 == 0x80 { first -= 1 }
      guard let length = invisibleLength(at: first, before: end, in: text), first + length == end
      else { break }
      end = first
    }
    return start..<end
  }

  /// Returns the number of bytes of an invisible character at `index`; nil if there is another
  /// character.
  private static func invisibleLength(
    at index: Int, before end: Int, in text: UnsafeBufferPointer<UInt8>
  ) -> Int? {
    let byte = text[index]
    if byte <= 0x20 || byte == 0x7F { return 1 }
    // Of the longer ones nearly all begin like letters; these are the leads of invisible ones.
    guard [0xC2, 0xE1, 0xE2, 0xE3, 0xEF, 0xF3].contains(byte) else { return nil }
    let length = byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
    guard index + length <= end else { return nil }
    var scalar = UInt32(byte) & (0x7F >> UInt32(length))
    for next in text[(index + 1)..<(index + length)] {
      guard next & 0xC0 == 0x80 else { return nil }
      scalar = scalar << 6 | UInt32(next & 0x3F)
    }
    return Unicode.Scalar(scalar)?.isInvisible == true ? length : nil
  }
}
