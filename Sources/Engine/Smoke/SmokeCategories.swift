import COCO

/// Which categories a smoke training says nothing of.
struct SmokeCategories {
  /// Categories of the set that have no object in it, though most of them have.
  let empty: [String]

  init(_ samples: DetectionSamples) {
    let shown = Set((0..<samples.count).flatMap { samples.learnable(at: $0).map(\.label) })
    let missing = samples.dataset.categories.filter { category in
      samples.labels.label(of: category.id).map { !shown.contains($0) } ?? false
    }
    // Subsets of COCO declare all 80 categories, whichever they show.
    empty = missing.count < shown.count ? missing.map(\.name) : []
  }

  var doubts: [String] {
    guard !empty.isEmpty else { return [] }
    let names = empty.prefix(12).joined(separator: ", ")
    let more = empty.count > 12 ? " and \(empty.count - 12) more" : ""
    return ["categories without an object to learn from: \(names)\(more)"]
  }
}
