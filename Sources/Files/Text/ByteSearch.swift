import Glibc

extension UnsafeBufferPointer<UInt8> {
  /// Returns the first place of a byte at or after `start`; nil if there is none.
  public func firstIndex(of byte: UInt8, from start: Int) -> Int? {
    guard start < count, let base = baseAddress,
      let found = memchr(base + start, Int32(byte), count - start)
    else { return nil }
    return UnsafeRawPointer(found) - UnsafeRawPointer(base)
  }
}
