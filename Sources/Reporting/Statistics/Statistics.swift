public import COCO

/// The statistics that `copra stats` shows of a dataset: counts and distributions, for all splits
/// together and each.
public struct Statistics: Sendable, Equatable {
  /// The statistics of all splits together, with categories joined by name.
  public let total: SplitStatistics
  /// One for each dataset, in their order.
  public let splits: [SplitStatistics]

  /// Computes the statistics in one pass over the records.
  public init(_ datasets: [Dataset]) {
    var positions: [String: Int] = [:]
    var names: [String] = []
    for category in datasets.flatMap(\.categories) where positions[category.name] == nil {
      positions[category.name] = names.count
      names.append(category.name)
    }
    let isOne = datasets.count == 1
    let whole = Tally(categories: names.count)
    var splits: [SplitStatistics] = []
    for dataset in datasets {
      let tally = Tally(categories: names.count)
      tally.count(dataset, positions: dataset.categories.map { positions[$0.name] ?? 0 })
      if !isOne { whole.add(tally) }
      splits.append(tally.finish(name: dataset.split, categories: names))
    }
    self.splits = splits
    var total = isOne ? splits[0] : whole.finish(name: nil, categories: names)
    total.name = nil
    self.total = total
  }

  fileprivate init(_ split: SplitStatistics) {
    splits = [split]
    var total = split
    total.name = nil
    self.total = total
  }

  /// Whether there is more than one split to show.
  var hasSplits: Bool { splits.count > 1 }

  /// The categories of all splits by their positions, the most frequent first, then by name.
  var rankedCategories: [Int] {
    total.categories.indices.sorted { left, right in
      let (first, second) = (total.categories[left], total.categories[right])
      return first.objects == second.objects
        ? first.name < second.name : first.objects > second.objects
    }
  }
}

/// The statistics of a dataset that comes part by part, each with some of the images.
public final class PartwiseStatistics {
  private let tally: Tally
  private let name: String?
  private let names: [String]
  private let positions: [Int]

  /// Begins a dataset with the split and categories of `frame`.
  public init(_ frame: Dataset) {
    var known: [String: Int] = [:]
    var names: [String] = []
    for category in frame.categories where known[category.name] == nil {
      known[category.name] = names.count
      names.append(category.name)
    }
    positions = frame.categories.map { known[$0.name] ?? 0 }
    (self.names, name) = (names, frame.split)
    tally = Tally(categories: names.count)
  }

  /// Counts the images of a part and their annotations.
  public func count(_ part: Dataset) { tally.count(part, positions: positions) }

  /// Returns the statistics of all parts, equal to those of the whole dataset.
  public func finish() -> Statistics {
    Statistics(tally.finish(name: name, categories: names))
  }
}
