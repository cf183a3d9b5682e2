import Images
import Testing

@Suite struct HashNeighboursTests {
  /// Random hashes, and around each tenth of them some that differ in up to ten bits.
  static func hashes(_ count: Int, seed: UInt64) -> [UInt64] {
    var generator = SeededGenerator(state: seed)
    var hashes: [UInt64] = []
    while hashes.count < count {
      let centre = generator.next()
      hashes.append(centre)
      guard hashes.count % 10 == 1 else { continue }
      for _ in 0..<12 {
        var hash = centre
        for _ in 0..<Int.random(in: 0...10, using: &generator) {
          hash ^= 1 << UInt64.random(in: 0..<64, using: &generator)
        }
        hashes.append(hash)
      }
    }
    return hashes.shuffled(using: &generator)
  }

  static func pairs(_ hashes: [UInt64], distance: Int) -> [HashNeighbours.Pair] {
    let firsts = hashes.indices.filter { hashes.firstIndex(of: hashes[$0]) == $0 }
    var pairs: [HashNeighbours.Pair] = []
    for (index, first) in firsts.enumerated() {
      for second in firsts[(index + 1)...] {
        let bits = (hashes[first] ^ hashes[second]).nonzeroBitCount
        if bits <= distance {
          pairs.append(HashNeighbours.Pair(first: first, second: second, distance: bits))
        }
      }
    }
    return pairs
  }

  @Test(arguments: 0...8, [1, 2, 400, 1500])
  func noPairIsMissedOrInvented(_ distance: Int, _ count: Int) {
    let hashes = Self.hashes(count, seed: UInt64(distance))
    #expect(
      HashNeighbours(hashes, distance: distance).pairs == Self.pairs(hashes, distance: distance))
  }

  @Test(arguments: 0...8)
  func hashesOfFewBitsAreComparedToo(_ distance: Int) {
    var generator = SeededGenerator(state: 7)
    let hashes = (0..<300).map { _ in generator.next() & 0xF00F }
    #expect(
      HashNeighbours(hashes, distance: distance).pairs == Self.pairs(hashes, distance: distance))
  }

  @Test func equalHashesMakeOneGroupAndNoPairs() {
    let neighbours = HashNeighbours(
      [UInt64](repeating: 5, count: 10_000) + [UInt64](repeating: 4, count: 10_000))
    #expect(neighbours.pairs == [.init(first: 0, second: 10_000, distance: 1)])
    #expect(neighbours.clusters() == [Array(0..<20_000)])
  }

  @Test func representativesAreTheFirstOfTheirValue() {
    #expect(HashNeighbours([7, 9, 7, 0, 9, 7]).representatives == [0, 1, 0, 3, 1, 0])
  }

  @Test func clustersJoinWhatIsJoinedThroughOthers() {
    let far: UInt64 = 0xFFFF_0000
    let neighbours = HashNeighbours([far, 0, 0b111, 0b11_1111, far, 1 << 63 | 0xFF00], distance: 3)
    #expect(neighbours.clusters() == [[0, 4], [1, 2, 3]])
  }

  @Test func nothingHasNoNeighbours() {
    let neighbours = HashNeighbours([])
    #expect(neighbours.pairs.isEmpty && neighbours.clusters().isEmpty)
  }
}
