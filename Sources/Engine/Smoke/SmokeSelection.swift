import COCO

/// The selection of the few images of a smoke training.
public enum SmokeSelection {
  /// Returns the positions of at most `count` samples, ascending: for each category that no chosen
  /// image shows yet the image that shows most of it, rare categories first; then, while there is
  /// room, the next best of each in turn. The same samples give the same choice.
  public static func positions(in samples: DetectionSamples, count: Int = 8) -> [Int] {
    positions(shown: objects(in: samples), count: count)
  }

  /// Returns the number of objects of each label that every sample shows.
  static func objects(in samples: DetectionSamples) -> [[Int64: Int]] {
    (0..<samples.count).map { position in
      samples.learnable(at: position).reduce(into: [:]) { counts, object in
        counts[object.label, default: 0] += 1
      }
    }
  }

  /// Chooses as above among samples that show these numbers of objects of each label.
  static func positions(shown: [[Int64: Int]], count: Int) -> [Int] {
    let totals = shown.reduce(into: [:] as [Int64: Int]) { totals, objects in
      totals.merge(objects, uniquingKeysWith: +)
    }
    let categories = totals.keys.sorted { (totals[$0] ?? 0, $0) < (totals[$1] ?? 0, $1) }
    var chosen: [Int] = []
    func choose(for category: Int64) {
      let best = shown.indices.filter { !chosen.contains($0) }.max { first, second in
        let (one, other) = (shown[first], shown[second])
        let (least, most) = (one[category] ?? 0, other[category] ?? 0)
        if least != most { return least < most }
        let (oneTotal, otherTotal) = (one.values.reduce(0, +), other.values.reduce(0, +))
        return oneTotal == otherTotal ? first > second : oneTotal < otherTotal
      }
      if let best, shown[best][category] != nil { chosen.append(best) }
    }
    for category in categories where chosen.count < count {
      if !chosen.contains(where: { shown[$0][category] != nil }) { choose(for: category) }
    }
    var before = -1
    while chosen.count < count, chosen.count > before {
      before = chosen.count
      for category in categories where chosen.count < count { choose(for: category) }
    }
    return chosen.sorted()
  }
}

/// The images of a smoke training in memory; one that cannot be read is replaced by another.
struct SmokePictures {
  let samples: DetectionSamples
  /// The findings about chosen images that could not be read.
  let leftOut: [Finding]

  init(of samples: DetectionSamples, count: Int) {
    var shown = SmokeSelection.objects(in: samples)
    var decoded: [Int: Sample] = [:]
    var leftOut: [Finding] = []
    var chosen: [Int] = []
    var isWhole = false
    while !isWhole {
      chosen = SmokeSelection.positions(shown: shown, count: count)
      isWhole = true
      for position in chosen where decoded[position] == nil {
        do {
          decoded[position] = try samples.sample(at: position)
        } catch {
          leftOut.append(error.finding)
          shown[position] = [:]
          isWhole = false
        }
      }
    }
    self.samples = samples.held(decoded.filter { chosen.contains($0.key) })
    self.leftOut = leftOut
  }
}

/// The categories that a smoke training does not test.
struct SmokeCategories {
  /// The categories without an object in the set, if most have one, or there are few.
  let empty: [String]
  private static let longList = 30

  init(_ samples: DetectionSamples) {
    let shown = Set((0..<samples.count).flatMap { samples.learnable(at: $0).map(\.label) })
    let missing = samples.dataset.categories.filter { category in
      samples.labels.label(of: category.id).map { !shown.contains($0) } ?? false
    }
    // Subsets of COCO and of other long lists declare all categories, whichever they show.
    let isLongList = samples.dataset.categories.count > Self.longList
    empty = missing.count < shown.count || !isLongList ? missing.map(\.name) : []
  }

  var doubts: [String] {
    guard !empty.isEmpty else { return [] }
    let names = empty.prefix(12).joined(separator: ", ")
    let more = empty.count > 12 ? " and \(empty.count - 12) more" : ""
    return ["categories without an object to learn from: \(names)\(more)"]
  }
}
