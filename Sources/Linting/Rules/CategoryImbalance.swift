import COCO

/// See `summary`.
struct CategoryImbalance: SplitsRule {
  static let kind = FaultKind.categoryImbalance
  static let summary = "a most used category that outnumbers the least used by far"
  static let explanation = """
    The most used category has over `largestRatio` times the annotations of the least used one. A \
    detector that is trained on it as it is hardly sees the rare ones; weights, or repeating pictures \
    with them as in LVIS, help.
    """
  static let examples = [
    Example.flags("2,020 crabs and 20 palms", .counted([2020, 20])),
    Example.allows("2,000 crabs and 20 palms", .counted([2000, 20])),
    Example.allows("no palm at all, which is a fault of its own", .counted([300, 0])),
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
