/// An image by its split and its position there.
struct PictureReference: Hashable, Sendable {
  var set: Int
  var index: Int
}

/// The files that splits name, and the splits that share most of theirs.
struct SplitPaths {
  /// The first record that names each file.
  private(set) var firsts: [String: PictureReference] = [:]
  /// The pairs of splits with the number of files that both name.
  private(set) var shared: [Pair: Int] = [:]
  /// The first image of a pair's second split whose file the first one names too.
  private(set) var firstShared: [Pair: PictureReference] = [:]
  private let sizes: [Int]

  /// Two splits by their positions, the earlier first.
  struct Pair: Hashable {
    let first: Int
    let second: Int
  }

  init(_ sets: [DatasetView]) {
    var owners: [String: [Int]] = [:]
    var sizes = [Int](repeating: 0, count: sets.count)
    for set in sets {
      for (index, picture) in set.pictures.enumerated() {
        guard let path = picture?.path, owners[path]?.last != set.index else { continue }
        sizes[set.index] += 1
        for earlier in owners[path] ?? [] {
          let pair = Pair(first: min(earlier, set.index), second: max(earlier, set.index))
          shared[pair, default: 0] += 1
          if firstShared[pair] == nil {
            firstShared[pair] = PictureReference(set: set.index, index: index)
          }
        }
        owners[path, default: []].append(set.index)
        if firsts[path] == nil { firsts[path] = PictureReference(set: set.index, index: index) }
      }
    }
    self.sizes = sizes
  }

  /// Returns the number of files that the smaller of two splits names.
  func smallerSize(of pair: Pair) -> Int { min(sizes[pair.first], sizes[pair.second]) }

  /// Returns whether two splits share more than half of the smaller one's files.
  func isOneFolder(_ first: Int, _ second: Int) -> Bool {
    let pair = Pair(first: min(first, second), second: max(first, second))
    return shared[pair, default: 0] * 2 > smallerSize(of: pair)
  }
}
