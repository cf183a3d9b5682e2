import COCO

/// The number of uses of each category in each split, by name, since splits may number theirs
/// differently.
struct SplitCounts {
  /// The names in the order in which they are met; equal names are one.
  private(set) var names: [String] = []
  /// The first record of each name: its split and its position there.
  private(set) var places: [(set: Int, index: Int)] = []
  /// The number of annotations of each name in each split: `[split][name]`.
  private(set) var annotations: [[Int]] = []
  /// The position of a name in each split, if it has it: `[split][name]`.
  private(set) var positions: [[Int: Int]] = []

  init(_ sets: [DatasetView]) {
    var numbers: [String: Int] = [:]
    for set in sets {
      var counts = [Int](repeating: 0, count: names.count)
      var positions: [Int: Int] = [:]
      for (index, category) in set.dataset.categories.enumerated() {
        let number = numbers[category.name] ?? names.count
        if number == names.count {
          numbers[category.name] = number
          names.append(category.name)
          places.append((set.index, index))
        }
        if number >= counts.count {
          counts += repeatElement(0, count: number + 1 - counts.count)
        }
        counts[number] += set.categoryCounts[index]
        if positions[number] == nil { positions[number] = index }
      }
      annotations.append(counts)
      self.positions.append(positions)
    }
    for set in sets.indices {
      annotations[set] += repeatElement(0, count: names.count - annotations[set].count)
    }
  }

  /// Returns the number of annotations of a name in all splits.
  func total(of name: Int) -> Int { annotations.reduce(0) { $0 + $1[name] } }

  /// Returns the number of annotations with a category in a split.
  func total(in set: Int) -> Int { annotations[set].reduce(0, +) }

  /// Returns the record to report for a name in a split: the one there, or else its first.
  func place(of name: Int, in set: Int) -> (set: Int, index: Int) {
    positions[set][name].map { (set, $0) } ?? places[name]
  }
}
