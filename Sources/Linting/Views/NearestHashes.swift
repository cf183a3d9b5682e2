/// An index of hashes of 64 bits that finds those differing in few bits, without comparing all with
/// all.
///
/// Of d + 1 stretches of the bits, two hashes that differ in at most d bits share at least one, so
/// only hashes with an equal stretch are compared (Norouzi, Punjani and Fleet, "Fast Search in
/// Hamming Space with Multi-Index Hashing", 2012).
struct NearestHashes {
  /// The most bits that may differ.
  let distance: Int
  /// The most images that are compared closely for one: in a set of images with much plain ground
  /// nearly all have similar hashes.
  private static let mostCompared = 1024
  private var hashes: [UInt64] = []
  /// The names that were given with each of `hashes`.
  private var names: [[PictureReference]] = []
  private var known: [UInt64: Int] = [:]
  /// The positions in `hashes` by a stretch and its value.
  private var buckets: [Stretch: [Int32]] = [:]

  private struct Stretch: Hashable {
    let number: Int
    let value: UInt64
  }

  init(distance: Int) {
    self.distance = min(max(distance, 0), 63)
  }

  /// Adds a hash.
  mutating func insert(_ hash: UInt64, as name: PictureReference) {
    if let position = known[hash] { return names[position].append(name) }
    let position = hashes.count
    known[hash] = position
    hashes.append(hash)
    names.append([name])
    for stretch in stretches(of: hash) { buckets[stretch, default: []].append(Int32(position)) }
  }

  /// Returns the closest of the added hashes whose image `isLike` accepts, the first of several.
  func closest(
    to hash: UInt64, where isLike: (PictureReference) -> Bool = { _ in true }
  ) -> (name: PictureReference, bits: Int)? {
    var compared = 0
    for (bits, position) in candidates(for: hash) {
      for name in names[position] {
        if isLike(name) { return (name, bits) }
        compared += 1
        if compared == Self.mostCompared { return nil }
      }
    }
    return nil
  }

  /// Returns the hashes that differ in few bits, the closest first, then in the order in which they
  /// were added.
  private func candidates(for hash: UInt64) -> [(bits: Int, position: Int)] {
    var found: Set<Int32> = []
    for stretch in stretches(of: hash) {
      for position in buckets[stretch] ?? []
      where (hashes[Int(position)] ^ hash).nonzeroBitCount <= distance {
        found.insert(position)
      }
    }
    return found.map { ((hashes[Int($0)] ^ hash).nonzeroBitCount, Int($0)) }.sorted { $0 < $1 }
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
