import Glibc

extension UnsafeBufferPointer<UInt8> {
  /// Returns the first place of a byte at or after `start`; nil if there is none.
  public func firstIndex(of byte: UInt8, from start: Int) -> Int? {
    guard start < count, let base = baseAddress,
      let found = memchr(base + start, Int32(byte), count - start)
    else { return nil }
    return UnsafeRawPointer(found) - UnsafeRawPointer(base)
  }

  /// Returns the first place of a text's bytes; nil if they stand nowhere.
  public func firstIndex(ofBytes text: String) -> Int? {
    var text = text
    return text.withUTF8 { sought in
      guard let first = sought.first else { return 0 }
      var start = 0
      while let place = firstIndex(of: first, from: start), sought.count <= count - place {
        if self[place..<place + sought.count].elementsEqual(sought) { return place }
        start = place + 1
      }
      return nil
    }
  }
}
