import Glibc

/// Names that stand in a text, each once, by the order in which they were first met. No name is
/// copied.
struct ByteNames: Sendable {
  private struct Entry {
    var start: Int
    var count: Int
    /// Tells equal names apart that mean different things.
    var tag: Int
    var hash: UInt64
  }

  private var entries: [Entry] = []
  /// Indices of entries by hash, -1 where there is none; a power of two of them.
  private var slots = [Int32](repeating: -1, count: 64)
  private var last = 0

  init() {}

  var count: Int { entries.count }

  /// The number of the name that stands in `range`; `count` before the call where it is new.
  mutating func index(
    of range: Range<Int>, tag: Int = 0, in text: UnsafeBufferPointer<UInt8>
  ) -> Int {
    if last < entries.count, matches(entries[last], range, tag, text) { return last }
    var hash = 0xCBF2_9CE4_8422_2325 ^ UInt64(bitPattern: Int64(tag))
    for index in range { hash = (hash ^ UInt64(text[index])) &* 0x0000_0100_0000_01B3 }
    hash ^= hash >> 29
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] >= 0 {
      let index = Int(slots[slot])
      if entries[index].hash == hash, matches(entries[index], range, tag, text) {
        last = index
        return index
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    last = entries.count
    slots[slot] = Int32(last)
    entries.append(Entry(start: range.lowerBound, count: range.count, tag: tag, hash: hash))
    if entries.count * 2 > slots.count { grow() }
    return last
  }

  private func matches(
    _ entry: Entry, _ range: Range<Int>, _ tag: Int, _ text: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    guard entry.count == range.count, entry.tag == tag, let base = text.baseAddress else {
      return false
    }
    return memcmp(base + entry.start, base + range.lowerBound, range.count) == 0
  }

  private mutating func grow() {
    slots = [Int32](repeating: -1, count: slots.count * 2)
    for (index, entry) in entries.enumerated() {
      var slot = Int(truncatingIfNeeded: entry.hash) & (slots.count - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(index)
    }
  }
}
