import COCO
import Files

/// Brings the outcomes of all images together, category by category.
struct OutcomeAccumulator {
  private let batches: [MatchOutcomes]
  private let count: Int
  private let settings: EvaluationSettings

  /// `batches` are in the order of the images.
  init(_ batches: [MatchOutcomes], _ categories: CategoryTable, _ settings: EvaluationSettings) {
    self.batches = batches
    count = categories.categories.count
    self.settings = settings
  }

  /// What comes of each category.
  func accumulate(_ tasks: OrderedTasks) async -> [CategoryOutcome] {
    let (entries, starts) = groupedEntries()
    let matches = batches.flatMap(\.matches)
    let positives = positives()
    let settings = settings
    let work: @Sendable (Int) -> [CategoryOutcome] = { part in
      var accumulator = CategoryAccumulator(settings)
      return entries.withUnsafeBufferPointer { entries in
        matches.withUnsafeBufferPointer { matches in
          Self.categories(of: part, count: starts.count - 1).map { category in
            accumulator.accumulate(
              UnsafeBufferPointer(rebasing: entries[starts[category]..<starts[category + 1]]),
              matches: matches, positives: positives[category])
          }
        }
      }
    }
    let parts = (count + Self.categoriesInPart - 1) / Self.categoriesInPart
    // The work does not throw.
    return (try? await tasks.map(parts, work: work).flatMap { $0 }) ?? []
  }

  private static let categoriesInPart = 4

  private static func categories(of part: Int, count: Int) -> Range<Int> {
    let first = part * categoriesInPart
    return first..<min(first + categoriesInPart, count)
  }

  /// The detections category after category, each in the order of the images, and where each
  /// category begins.
  private func groupedEntries() -> (entries: [MatchOutcomes.Entry], starts: [Int]) {
    var starts = [Int](repeating: 0, count: count + 1)
    for batch in batches {
      for entry in batch.entries { starts[Int(entry.category) + 1] += 1 }
    }
    for category in 0..<count { starts[category + 1] += starts[category] }
    let total = starts[count]
    var places = starts
    let entries = [MatchOutcomes.Entry](unsafeUninitializedCapacity: total) { buffer, filled in
      var firstMatch: Int32 = 0
      for batch in batches {
        for var entry in batch.entries {
          if entry.match >= 0 { entry.match += firstMatch }
          let category = Int(entry.category)
          buffer.initializeElement(at: places[category], to: entry)
          places[category] += 1
        }
        firstMatch += Int32(batch.matches.count / settings.areaRanges.count)
      }
      filled = total
    }
    return (entries, starts)
  }

  /// [K][A]: how many true objects count.
  private func positives() -> [[Int]] {
    let ranges = settings.areaRanges.count
    var positives = [[Int]](repeating: [Int](repeating: 0, count: ranges), count: count)
    for batch in batches {
      for truth in batch.truths {
        for range in 0..<ranges where truth.ignored >> UInt32(range) & 1 == 0 {
          positives[Int(truth.category)][range] += 1
        }
      }
    }
    return positives
  }
}
