import COCO

/// See `summary`.
struct SplitDistributionDrift: SplitsRule {
  static let kind = FaultKind.splitDistributionDrift
  static let summary = "a category whose share differs greatly between splits"
  static let explanation = """
    The category's share of a split's annotations differs from its share in the largest split by \
    more than `points` percentage points and by more than `deviations` standard deviations (the \
    two-proportion test), so the difference is not due to chance. A metric over all categories \
    then weighs them differently from training. Split the set again, at random or with \
    stratification.
    """
  static let examples = [
    Example.flags(
      "palms make up a tenth of train and half of val", .counted([180, 20], split: "train"),
      .counted([50, 50], split: "val")),
    Example.allows(
      "few objects, whose difference may be chance", .counted([180, 20], split: "train"),
      .counted([7, 3], split: "val")),
    Example.allows(
      "similar shares", .counted([180, 20], split: "train"), .counted([88, 12], split: "val")),
  ]

  var points = 10.0
  var deviations = 4.0

  func check(_ sets: [DatasetView], into faults: inout Faults) {
    guard sets.count > 1 else { return }
    let counts = SplitCounts(sets)
    let totals = sets.indices.map(counts.total(in:))
    guard let largest = totals.indices.max(by: { (totals[$0], $1) < (totals[$1], $0) }) else {
      return
    }
    for set in sets where set.index != largest && totals[set.index] > 0 {
      for name in counts.names.indices {
        let there = Share(counts.annotations[largest][name], of: totals[largest])
        let here = Share(counts.annotations[set.index][name], of: totals[set.index])
        // A category that one of them lacks has a rule of its own.
        guard there.count > 0, here.count > 0,
          abs(here.value - there.value) * 100 > points,
          abs(here.deviations(from: there)) > deviations
        else { continue }
        let message =
          "\"\(counts.names[name])\" is \(here.text) of the annotations of split \(set.name) and "
          + "\(there.text) of split \(sets[largest].name)"
        let place = counts.place(of: name, in: set.index)
        faults.add(fault(message), category: place.index, of: sets[place.set])
      }
    }
  }
}

/// Some of a number of things.
private struct Share {
  let count: Int
  let total: Int

  init(_ count: Int, of total: Int) {
    self.count = count
    self.total = total
  }

  var value: Double { Double(count) / Double(total) }
  var text: String { "\((value * 100).brief(1)) %" }

  /// By how many standard deviations the two differ if both come from one distribution.
  func deviations(from other: Share) -> Double {
    let pooled = Double(count + other.count) / Double(total + other.total)
    let variance = pooled * (1 - pooled) * (1 / Double(total) + 1 / Double(other.total))
    return variance > 0 ? (value - other.value) / variance.squareRoot() : 0
  }
}
