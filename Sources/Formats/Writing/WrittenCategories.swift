public import COCO

extension Sequence<Dataset> {
  /// The names of the categories of all splits, each once, in the order in which they stand.
  public var categoryNames: [String] { LabelTable(flatMap { $0.categories.map(\.name) }).names }
}

/// The names of the categories of all splits, each once, in the order in which they stand.
struct WrittenCategories {
  private(set) var names: [String] = []
  private let datasets: [Dataset]
  /// The numbers of the names by the categories' ids, for each split.
  private(set) var numbers: [[Int: Int]] = []

  init(_ datasets: [Dataset]) {
    self.datasets = datasets
    var known: [String: Int] = [:]
    for dataset in datasets {
      var ids: [Int: Int] = [:]
      for category in dataset.categories {
        let number = known[category.name] ?? names.count
        if number == names.count {
          known[category.name] = number
          names.append(category.name)
        }
        if ids[category.id] == nil { ids[category.id] = number }
      }
      numbers.append(ids)
    }
  }

  /// Counts what becomes of the categories in a format that knows them by their place in a list.
  func addLosses(toListed losses: inout LossCounts) {
    addLosses(&losses) { number in number + 1 }
  }

  /// Counts what becomes of the categories in a format that knows them only from the objects, of
  /// which there are `used[number]`.
  func addLosses(toUnlisted losses: inout LossCounts, used: [Bool]) {
    let kept = names.indices.filter { used[$0] }.sorted { names[$0] < names[$1] }
    var ids = [Int?](repeating: nil, count: names.count)
    for (position, number) in kept.enumerated() { ids[number] = position + 1 }
    addLosses(&losses) { ids[$0] }
    losses.add(.unusedCategories, names.count - kept.count)
  }

  /// Adds the losses. `newID` returns the id that a reader gives to a name, nil if it gives none.
  private func addLosses(_ losses: inout LossCounts, newID: (Int) -> Int?) {
    // Splits usually share their categories; what is lost counts once.
    var counted: [Category] = []
    for (index, dataset) in datasets.enumerated() where dataset.categories != counted {
      counted = dataset.categories
      var seen: Set<Int> = []
      for category in dataset.categories {
        if category.supercategory?.isEmpty == false { losses.add(.supercategories) }
        if !category.extra.isEmpty { losses.add(.categoryExtras) }
        guard let number = numbers[index][category.id] else { continue }
        if !seen.insert(number).inserted { losses.add(.mergedCategories) }
        if let id = newID(number), id != category.id { losses.add(.categoryIDs) }
      }
    }
  }
}
