import COCO

/// See `summary`.
struct CategoryImbalance: SplitsRule {
  static let kind = FaultKind.categoryImbalance
  static let summary = "a category with far more annotations than the rarest one"
  static let explanation = """
    The most frequent category has more than `largestRatio` times as many annotations as the least \
    frequent one that is used. A detector trained on the set as it is hardly sees the rare \
    categories; weight them, or repeat images that contain them, as LVIS does.
    """
  static let examples = [
    Example.flags("2,020 crabs and 20 palms", .counted([2020, 20])),
    Example.allows("2,000 crabs and 20 palms", .counted([2000, 20])),
    Example.allows("no palms at all, which is a separate fault", .counted([300, 0])),
  ]

  var largestRatio = 100.0

  func check(_ sets: [DatasetView], into faults: inout Faults) {
    let counts = SplitCounts(sets)
    let totals = counts.names.indices.map(counts.total(of:))
    let used = totals.indices.filter { totals[$0] > 0 }
    guard let most = used.max(by: { (totals[$0], $1) < (totals[$1], $0) }),
      let least = used.min(by: { (totals[$0], $0) < (totals[$1], $1) })
    else { return }
    let ratio = Double(totals[most]) / Double(totals[least])
    guard ratio > largestRatio else { return }
    let message =
      "\"\(counts.names[most])\" has \(totals[most]) annotations, \"\(counts.names[least])\" "
      + "\(totals[least]): \(ratio.brief(1)) times as many; expected at most \(largestRatio.brief(1))"
    let place = counts.places[least]
    faults.add(fault(message), category: place.index, of: sets[place.set])
  }
}
