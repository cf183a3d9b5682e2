import Glibc

extension Array {
  /// Reserves room for about `expected` elements and some more, and makes the system provide the
  /// memory of the expected ones at once: page by page, as they are written to, takes several times
  /// as long.
  mutating func reservePages(_ expected: Int) {
    reserveCapacity(expected + expected / 16)
    findPages(expected - count)
  }

  /// Makes the system provide the memory of the next `additional` elements, if room is reserved for
  /// them.
  mutating func findPages(_ additional: Int) {
    guard additional > 0, count + additional <= capacity else { return }
    let pageSize = Int(getpagesize())
    withUnsafeMutableBufferPointer { elements in
      guard let base = elements.baseAddress else { return }
      let start = Int(bitPattern: base + elements.count)
      let end = Int(bitPattern: base + elements.count + additional)
      let first = (start + pageSize - 1) / pageSize * pageSize
      let count = (end - first) / pageSize * pageSize
      // Systems that do not know this refuse it, and find the pages one by one.
      if count > 0 {
        madvise(UnsafeMutableRawPointer(bitPattern: first), count, MADV_POPULATE_WRITE)
      }
    }
  }
}
