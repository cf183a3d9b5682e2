import COCO

/// The findings that a page shows: the first ones of each rule, in the order of their places.
public struct PageFindings: Sendable {
  /// The number of findings of a rule on a page unless all are requested.
  public static let shownPerRule = 50

  let groups: [FindingGroup]
  /// The most findings of a rule that are shown.
  let limit: Int
  let counts: FindingCounts
  let rules: [String: RuleDescription]
  let offersFixes: Bool

  /// Selects the findings that a page shows.
  public init(_ report: FindingReport, _ options: FindingReportOptions) {
    limit = options.limit
    groups = report.groups(limit: limit, from: options.workingFolder)
    counts = FindingCounts(report.findings)
    rules = Dictionary(report.rules.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    offersFixes = options.offersFixes
  }

  /// Returns the images of findings: one of each rule, then a second one of each, and so on, so
  /// that every rule has some before one has all.
  func pictures(limit: Int, of datasets: [Dataset]) -> [RecordReference] {
    let indices = datasets.map { IDIndex($0.images.map(\.id)) }
    let lists = groups.map { group in
      group.shown.compactMap { entry in
        entry.finding.record.flatMap { Self.image(of: $0, in: datasets, indices) }
      }
    }
    var seen: Set<RecordReference> = []
    var pictures: [RecordReference] = []
    for round in 0..<(lists.map(\.count).max() ?? 0) {
      for list in lists where round < list.count {
        guard pictures.count < limit else { return pictures }
        if seen.insert(list[round]).inserted { pictures.append(list[round]) }
      }
    }
    return pictures
  }

  /// Returns the image that a record is or is on; nil for a category.
  static func image(
    of record: RecordReference, in datasets: [Dataset], _ indices: [IDIndex]
  ) -> RecordReference? {
    guard datasets.indices.contains(record.dataset) else { return nil }
    let dataset = datasets[record.dataset]
    switch record.kind {
    case .image: return dataset.images.indices.contains(record.index) ? record : nil
    case .annotation:
      guard dataset.annotations.indices.contains(record.index) else { return nil }
      return indices[record.dataset].position(of: dataset.annotations[record.index].imageID)
        .map { RecordReference(.image, $0, dataset: record.dataset) }
    case .category: return nil
    }
  }
}
