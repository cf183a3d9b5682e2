/// The shards of one set that results are of: none of them overlaps another.
public struct ShardCover: Sendable, Equatable {
  /// The shards, ordered by their start.
  public private(set) var shards: [Shard]

  /// Creates the cover of one shard.
  public init(_ shard: Shard) {
    shards = [shard]
  }

  /// Creates the cover of several shards; nil for none, and if two overlap.
  public init?(_ shards: [Shard]) {
    self.shards = shards.sorted()
    let overlap = zip(self.shards, self.shards.dropFirst()).contains { left, right in
      left.hashes.overlaps(right.hashes)
    }
    if shards.isEmpty || overlap { return nil }
  }

  /// Returns the first shard of this cover that overlaps one of the other's, and that one; nil if
  /// none does.
  public func overlap(with other: ShardCover) -> (own: Shard, other: Shard)? {
    for own in shards {
      if let shard = other.shards.first(where: { $0.hashes.overlaps(own.hashes) }) {
        return (own, shard)
      }
    }
    return nil
  }

  /// Adds shards that do not overlap with these.
  public mutating func add(_ other: ShardCover) {
    shards = (shards + other.shards).sorted()
  }

  /// The shards that are not there, by the coarsest division in use that names them all.
  public var missing: [Shard] {
    let gaps = gaps
    guard !gaps.isEmpty else { return [] }
    let counts = Set(shards.map(\.count)).sorted()
    for count in counts {
      let absent = absent(of: count)
      let covered = gaps.allSatisfy { gap in
        absent.contains { $0.hashes.lowerBound == gap.lowerBound }
          && absent.contains { $0.hashes.upperBound == gap.upperBound }
      }
      if covered { return absent }
    }
    return absent(of: counts.last ?? 1)
  }

  /// Returns the shards of a division that lie wholly in gaps.
  private func absent(of count: Int) -> [Shard] {
    gaps.flatMap { gap in
      (Shard.number(
        holding: gap.lowerBound, of: count)...Shard.number(
          holding: gap.upperBound, of: count)).compactMap { Shard(number: $0, of: count) }
        .filter { gap.contains($0.hashes.lowerBound) && gap.contains($0.hashes.upperBound) }
    }
  }

  /// The hashes that no shard holds.
  private var gaps: [ClosedRange<UInt64>] {
    var gaps: [ClosedRange<UInt64>] = []
    var next: UInt64? = 0
    for hashes in shards.map(\.hashes) {
      guard let start = next else { break }
      if hashes.lowerBound > start { gaps.append(start...(hashes.lowerBound - 1)) }
      next = hashes.upperBound == .max ? nil : hashes.upperBound + 1
    }
    if let next { gaps.append(next...(.max)) }
    return gaps
  }
}
