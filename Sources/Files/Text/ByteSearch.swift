import Glibc

extension UnsafeBufferPointer<UInt8> {
  /// Returns where a byte stands first at a place or behind it; nil where it does not.
  public func firstIndex(of byte: UInt8, from start: Int) -> Int? {
    guard start < count, let base = baseAddress,
      let found = memchr(base + start, Int32(byte), count - start)
    else { return nil }
    return UnsafeRawPointer(found) - UnsafeRawPointer(base)
  }
}
