/// An order of detections by falling score; equal ones keep their order, as in NumPy's merge sort.
///
/// It is a radix sort: scores become whole numbers in the same order, whose upper halves are
/// distributed byte by byte. The few scores that these do not tell apart are sorted thereafter.
struct ScoreOrder {
  private struct Key {
    var score: UInt64
    var index: UInt32
  }

  private var keys: [Key] = []
  private var spare: [Key] = []

  /// Returns the numbers from 0 to `count` by falling score.
  @inline(__always)
  mutating func order(_ count: Int, by score: (Int) -> Double) -> [UInt32] {
    keys.removeAll(keepingCapacity: true)
    keys.reserveCapacity(count)
    var varying: UInt64 = 0
    let first = count > 0 ? Self.key(score(0)) : 0
    for index in 0..<count {
      let key = Self.key(score(index))
      varying |= key ^ first
      keys.append(Key(score: key, index: UInt32(index)))
    }
    if spare.count < keys.count {
      spare = [Key](repeating: Key(score: 0, index: 0), count: keys.count)
    }
    for shift in stride(from: UInt64(32), to: 64, by: 8) where varying >> shift & 0xFF != 0 {
      deal(shift)
    }
    if varying & 0xFFFF_FFFF != 0 { sortLowerHalves() }
    return keys.map(\.index)
  }

  /// Sorts what has the same upper half, by the whole number and then by the index.
  private mutating func sortLowerHalves() {
    keys.withUnsafeMutableBufferPointer { keys in
      var first = 0
      while first < keys.count {
        var end = first + 1
        var areEqual = true
        while end < keys.count, keys[end].score >> 32 == keys[first].score >> 32 {
          areEqual = areEqual && keys[end].score == keys[first].score
          end += 1
        }
        if !areEqual {
          var run = UnsafeMutableBufferPointer(rebasing: keys[first..<end])
          run.sort {
            $0.score == $1.score ? $0.index < $1.index : $0.score < $1.score
          }
        }
        first = end
      }
    }
  }

  private mutating func deal(_ shift: UInt64) {
    var places = [Int](repeating: 0, count: 257)
    for key in keys { places[Int(key.score >> shift & 0xFF) + 1] += 1 }
    for byte in 0..<256 { places[byte + 1] += places[byte] }
    for key in keys {
      let byte = Int(key.score >> shift & 0xFF)
      spare[places[byte]] = key
      places[byte] += 1
    }
    if spare.count > keys.count { spare.removeLast(spare.count - keys.count) }
    swap(&keys, &spare)
  }

  /// Returns a key that is smaller for higher scores; the two zeros have the same one.
  static func key(_ score: Double) -> UInt64 {
    let bits = (score + 0).bitPattern
    return bits >> 63 == 0 ? ~bits & ~(1 << 63) : bits
  }
}
