/// Which of many 64-bit hashes are equal or differ in few bits, found without comparing all pairs.
///
/// Exact: no pair is missed. By the pigeonhole principle, hashes that differ in at most d bits agree
/// wholly in k of any k + d blocks of bits; so for each choice of k blocks only hashes that agree in
/// them are compared (Norouzi, Punjani and Fleet, "Fast Search in Hamming Space with Multi-Index
/// Hashing", 2012; with several blocks a key, as Manku, Jain and Das Sarma, "Detecting Near-Duplicates
/// for Web Crawling", 2007). Equal hashes are taken for one, so any number of them makes no pairs.
public struct HashNeighbours: Sendable {
  /// Two hashes that are near and not equal.
  public struct Pair: Sendable, Hashable {
    /// Places among the hashes given, each the first of its value; `first` is the lower.
    public var first: Int
    public var second: Int
    /// How many bits differ, 1 or more.
    public var distance: Int

    public init(first: Int, second: Int, distance: Int) {
      self.first = first
      self.second = second
      self.distance = distance
    }
  }

  /// For each hash the place of the first one that equals it: its own, where there is none before.
  public let representatives: [Int]
  /// All near pairs of representatives, by `first`, then `second`.
  public let pairs: [Pair]

  /// Four bits of 64: a sixteenth of them.
  public static let defaultDistance = 4

  /// Compares `hashes`, at most 2³¹, up to a `distance` of 0...16 bits.
  public init(_ hashes: [UInt64], distance: Int = defaultDistance) {
    precondition((0...16).contains(distance), "HashNeighbours: expected a distance of 0 to 16 bits")
    let (representatives, distinct) = Self.distinct(hashes)
    self.representatives = representatives
    var search = NeighbourSearch(hashes: distinct.map { hashes[$0] }, distance: distance)
    pairs = search.run().map { pair in
      Pair(
        first: distinct[pair.first], second: distinct[pair.second], distance: pair.distance)
    }
  }

  /// The first of its value for every hash, and all firsts in order.
  private static func distinct(_ hashes: [UInt64]) -> (representatives: [Int], distinct: [Int]) {
    var table = FirstPlaces(capacity: hashes.count)
    var distinct: [Int] = []
    var representatives: [Int] = []
    representatives.reserveCapacity(hashes.count)
    for (place, hash) in hashes.enumerated() {
      let first = table.first(hash, at: place)
      if first == place { distinct.append(place) }
      representatives.append(first)
    }
    return (representatives, distinct)
  }

  /// Places whose hashes are equal or joined by pairs, also through others between them: each group
  /// of two or more in order, and the groups by their first.
  public func clusters() -> [[Int]] {
    var parents = representatives
    for pair in pairs {
      let first = Self.root(pair.first, &parents)
      let second = Self.root(pair.second, &parents)
      // The lower one leads, so that a group's leader is its first.
      parents[max(first, second)] = min(first, second)
    }
    var sizes = [Int](repeating: 0, count: parents.count)
    for place in parents.indices { sizes[Self.root(place, &parents)] += 1 }
    var groups: [[Int]] = []
    var groupOf: [Int: Int] = [:]
    for place in parents.indices {
      let leader = Self.root(place, &parents)
      guard sizes[leader] > 1 else { continue }
      if let group = groupOf[leader] {
        groups[group].append(place)
      } else {
        groupOf[leader] = groups.count
        groups.append([place])
      }
    }
    return groups
  }

  /// What leads the group of `place`; halves the way there.
  private static func root(_ place: Int, _ parents: inout [Int]) -> Int {
    var place = place
    while parents[place] != place {
      parents[place] = parents[parents[place]]
      place = parents[place]
    }
    return place
  }
}

/// Where each hash was seen first: open addressing, at most half full.
private struct FirstPlaces {
  private var slots: [(hash: UInt64, place: Int)]
  private let shift: UInt64

  init(capacity: Int) {
    let bits = max(UInt64.bitWidth - (2 * capacity).leadingZeroBitCount, 1)
    slots = Array(repeating: (0, -1), count: 1 << bits)
    shift = UInt64(UInt64.bitWidth - bits)
  }

  /// The place noted for `hash`; notes `place` where there is none.
  mutating func first(_ hash: UInt64, at place: Int) -> Int {
    var slot = Int(NeighbourSearch.scattered(hash) >> shift)
    while slots[slot].place >= 0 {
      if slots[slot].hash == hash { return slots[slot].place }
      slot = (slot + 1) & (slots.count - 1)
    }
    slots[slot] = (hash, place)
    return place
  }
}
