import COCO

/// See `summary`.
struct RareCategory: SplitsRule {
  static let kind = FaultKind.rareCategory
  static let summary = "a category with only a few annotations"
  static let explanation = """
    Fewer than `fewest` annotations over all splits are too few to learn from and to measure with: \
    a single object found or missed moves the category's average precision by a tenth or more. \
    Annotate more of them, or merge the category into a wider one. A category with no annotations \
    is reported as `unused-category`. In sets of fewer than `smallestSet` annotations every \
    category is rare, and nothing is reported.
    """
  static let examples = [
    Example.flags("3 palms among 120 objects", .counted([117, 3])),
    Example.allows("10 palms among 120 objects", .counted([110, 10])),
    Example.allows("3 palms in a sample of 40", .counted([37, 3])),
  ]

  var fewest = 10
  var smallestSet = 100

  func check(_ sets: [DatasetView], into faults: inout Faults) {
    let counts = SplitCounts(sets)
    guard sets.indices.reduce(0, { $0 + counts.total(in: $1) }) >= smallestSet else { return }
    for name in counts.names.indices {
      let count = counts.total(of: name)
      guard count > 0, count < fewest else { continue }
      let what = count == 1 ? "1 annotation" : "\(count) annotations"
      let message = "\"\(counts.names[name])\" has \(what); expected \(fewest) or more"
      let place = counts.places[name]
      faults.add(fault(message), category: place.index, of: sets[place.set])
    }
  }
}
