/// The search behind `HashNeighbours`, over hashes that all differ.
struct NeighbourSearch {
  private let hashes: [UInt64]
  private let distance: Int
  /// The bits of each choice of blocks.
  private let keys: [UInt64]
  private let bucketBits: Int
  /// The hashes and their places, those of one bucket side by side.
  private var sorted: [(hash: UInt64, place: Int32)]
  private var pairs: [HashNeighbours.Pair] = []

  init(hashes: [UInt64], distance: Int) {
    self.hashes = hashes
    self.distance = distance
    keys = Self.bestKeys(count: hashes.count, distance: distance)
    bucketBits = max(Int.bitWidth - hashes.count.leadingZeroBitCount, 1)
    sorted = Array(repeating: (0, 0), count: hashes.count)
  }

  /// Every pair of places whose hashes differ in at most `distance` bits, by first, then second.
  mutating func run() -> [HashNeighbours.Pair] {
    guard distance > 0, hashes.count > 1 else { return [] }
    for key in keys.indices {
      compareBuckets(ends: sortIntoBuckets(keys[key]), key: key)
    }
    pairs.sort { ($0.first, $0.second) < ($1.first, $1.second) }
    return pairs
  }

  /// Spreads a hash's bits over the upper ones (Knuth's multiplicative hashing).
  @inline(__always)
  static func scattered(_ hash: UInt64) -> UInt64 {
    (hash ^ hash >> 32) &* 0x9E37_79B9_7F4A_7C15
  }

  /// Counting sort by the bits of `key`; gives where each bucket ends.
  private mutating func sortIntoBuckets(_ key: UInt64) -> [Int32] {
    let shift = UInt64(UInt64.bitWidth - bucketBits)
    // Shifted by one, so that an entry is where its bucket starts, and, once that is filled, ends.
    var starts = [Int32](repeating: 0, count: (1 << bucketBits) + 1)
    for hash in hashes { starts[Int(Self.scattered(hash & key) >> shift) + 1] += 1 }
    for bucket in 1..<starts.count { starts[bucket] += starts[bucket - 1] }
    for (place, hash) in hashes.enumerated() {
      let bucket = Int(Self.scattered(hash & key) >> shift)
      sorted[Int(starts[bucket])] = (hash, Int32(truncatingIfNeeded: place))
      starts[bucket] += 1
    }
    return starts
  }

  private mutating func compareBuckets(ends: [Int32], key: Int) {
    let (distance, mask) = (distance, keys[key])
    sorted.withUnsafeBufferPointer { sorted in
      var start = 0
      for end in ends {
        for first in start..<max(Int(end), start) {
          let hash = sorted[first].hash
          for second in first + 1..<max(Int(end), first + 1) {
            let difference = hash ^ sorted[second].hash
            if difference & mask == 0, difference.nonzeroBitCount <= distance {
              note(sorted[first].place, sorted[second].place, difference, key: key)
            }
          }
        }
        start = Int(end)
      }
    }
  }

  /// Takes a pair where it is met by the first of all keys that show it, so once.
  private mutating func note(_ first: Int32, _ second: Int32, _ difference: UInt64, key: Int) {
    for earlier in 0..<key where difference & keys[earlier] == 0 { return }
    pairs.append(
      HashNeighbours.Pair(
        first: Int(min(first, second)), second: Int(max(first, second)),
        distance: difference.nonzeroBitCount))
  }

  /// The keys of `agreeing` blocks out of `agreeing` + `distance`, for the number of blocks that costs
  /// least: few keys, against few hashes that share one.
  private static func bestKeys(count: Int, distance: Int) -> [UInt64] {
    var best: (cost: Double, keys: [UInt64])?
    for agreeing in 1...4 {
      let blocks = agreeing + distance
      let keyBits = 64 * agreeing / blocks
      // A rough weight: sorting a hash is taken to cost what twenty comparisons do.
      let compared = Double(count) / Double(sign: .plus, exponent: keyBits, significand: 2)
      let keyCount = (1...agreeing).reduce(1.0) { $0 * Double(distance + $1) / Double($1) }
      let cost = keyCount * (20 + compared)
      if best.map({ cost < $0.cost }) ?? true {
        best = (cost, keys(agreeing: agreeing, blocks: blocks))
      }
    }
    return best?.keys ?? []
  }

  /// The masks of all choices of `agreeing` out of `blocks`. A block's bits lie `blocks` apart, since
  /// neighbouring bits of a perceptual hash go together and would make a block's values few.
  private static func keys(agreeing: Int, blocks: Int) -> [UInt64] {
    let masks = (0..<blocks).map { block in
      stride(from: block, to: 64, by: blocks).reduce(UInt64(0)) { $0 | 1 << UInt64($1) }
    }
    return (0..<(1 << blocks)).filter { $0.nonzeroBitCount == agreeing }.map { choice in
      masks.indices.reduce(0) { choice >> $1 & 1 == 1 ? $0 | masks[$1] : $0 }
    }
  }
}
