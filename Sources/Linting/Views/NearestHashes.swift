/// Finds hashes of 64 bits that differ in a few bits, without comparing all with all.
///
/// Of d + 1 stretches of the bits two hashes that differ in at most d bits share one whole, so that
/// only hashes with an equal stretch are compared (Norouzi, Punjani and Fleet, "Fast Search in
/// Hamming Space with Multi-Index Hashing", 2012).
struct NearestHashes {
  /// The most bits that may differ.
  let distance: Int
  private var hashes: [UInt64] = []
  /// The names that were given with `hashes`.
  private var names: [PictureReference] = []
  private var known: [UInt64: Int] = [:]
  /// Positions in `hashes` by a stretch and its value.
  private var buckets: [Stretch: [Int32]] = [:]

  private struct Stretch: Hashable {
    let number: Int
    let value: UInt64
  }

  init(distance: Int) {
    self.distance = min(max(distance, 0), 63)
  }

  /// Adds a hash. Of equal ones the first stands for all.
  mutating func insert(_ hash: UInt64, as name: PictureReference) {
    guard known[hash] == nil else { return }
    let position = hashes.count
    known[hash] = position
    hashes.append(hash)
    names.append(name)
    for stretch in stretches(of: hash) { buckets[stretch, default: []].append(Int32(position)) }
  }

  /// The closest of the hashes that were added, the first of several.
  func closest(to hash: UInt64) -> (name: PictureReference, bits: Int)? {
    if let position = known[hash] { return (names[position], 0) }
    var best: (position: Int, bits: Int)?
    for stretch in stretches(of: hash) {
      for position in buckets[stretch] ?? [] {
        let bits = (hashes[Int(position)] ^ hash).nonzeroBitCount
        guard bits <= distance else { continue }
        if let best, (best.bits, best.position) <= (bits, Int(position)) { continue }
        best = (Int(position), bits)
      }
    }
    return best.map { (names[$0.position], $0.bits) }
  }

  private func stretches(of hash: UInt64) -> some Sequence<Stretch> {
    let count = distance + 1
    return (0..<count).lazy.map { number in
      let (low, high) = (number * 64 / count, (number + 1) * 64 / count)
      let mask: UInt64 = high - low == 64 ? .max : (1 << (high - low)) - 1
      return Stretch(number: number, value: hash >> low & mask)
    }
  }
}
