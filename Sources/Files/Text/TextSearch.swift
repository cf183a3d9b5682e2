// Searches by bytes. The standard library's by characters is slower, and a program that calls it
// carries all of its regular expressions.
extension StringProtocol {
  /// Returns whether the bytes of `text` stand somewhere in this one.
  public func includes(_ text: String) -> Bool { firstRange(ofBytes: text) != nil }

  /// Returns where the bytes of `text` first stand in this one; nil if they stand nowhere.
  public func firstRange(ofBytes text: String) -> Range<Index>? {
    let found = utf8.withContiguousStorageIfAvailable { $0.firstIndex(ofBytes: text) }
    guard let offset = found ?? nil else { return nil }
    let start = utf8.index(startIndex, offsetBy: offset)
    return start..<utf8.index(start, offsetBy: text.utf8.count)
  }
}
