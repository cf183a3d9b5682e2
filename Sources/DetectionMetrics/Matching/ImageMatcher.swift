/// A matcher of the detections of one image after the other: pycocotools' `evaluateImg`.
struct ImageMatcher<Shape: EvaluatedShape> {
  private let ranges: [AreaRange]
  private let isFederated: Bool
  private let mostDetections: Int
  /// The overlap from which on nothing is left out at any threshold.
  private let least: Double
  private var matcher: PairMatcher
  private(set) var outcomes = MatchOutcomes()

  init(_ settings: EvaluationSettings) {
    ranges = settings.areaRanges
    isFederated = settings.isFederated
    mostDetections = settings.isFederated ? .max : settings.maximumDetections.last ?? 0
    matcher = PairMatcher(thresholds: settings.iouThresholds)
    least = matcher.least
  }

  /// Adds the objects of the image with this id, sorted by `ImageObjects.sort()`.
  mutating func add(_ objects: ImageObjects<Shape>, imageID: Int) {
    objects.truths.withUnsafeBufferPointer { truths in
      objects.detections.withUnsafeBufferPointer { detections in
        add(truths, detections, partlyAnnotated: objects.partlyAnnotated)
      }
    }
    outcomes.images.append(.init(id: imageID, end: outcomes.entries.count))
  }

  private mutating func add(
    _ truths: UnsafeBufferPointer<TruthObject<Shape>>,
    _ detections: UnsafeBufferPointer<DetectedObject<Shape>>, partlyAnnotated: Set<Int32>
  ) {
    for truth in truths {
      outcomes.truths.append(.init(category: truth.category, ignored: ignoredRanges(truth)))
    }
    var firstTruth = 0
    var first = 0
    while first < detections.count {
      let category = detections[first].category
      var end = first + 1
      while end < detections.count, detections[end].category == category { end += 1 }
      while firstTruth < truths.count, truths[firstTruth].category < category { firstTruth += 1 }
      var endTruth = firstTruth
      while endTruth < truths.count, truths[endTruth].category == category { endTruth += 1 }
      let considered = min(end, first + min(mostDetections, end - first))
      addPair(
        UnsafeBufferPointer(rebasing: truths[firstTruth..<endTruth]),
        UnsafeBufferPointer(rebasing: detections[first..<considered]),
        neverCounted: !partlyAnnotated.isEmpty && partlyAnnotated.contains(category))
      first = end
      firstTruth = endTruth
    }
  }

  /// Adds the objects of one category.
  private mutating func addPair(
    _ truths: UnsafeBufferPointer<TruthObject<Shape>>,
    _ detections: UnsafeBufferPointer<DetectedObject<Shape>>, neverCounted: Bool
  ) {
    let firstEntry = outcomes.entries.count
    for (rank, detection) in detections.enumerated() {
      outcomes.entries.append(
        .init(
          score: detection.score, category: detection.category, rank: Int32(rank),
          outside: neverCounted ? .max : rangesOutside(detection.area), match: -1))
    }
    guard !truths.isEmpty else { return }
    matcher.start(truths: truths.count)
    for (rank, detection) in detections.enumerated() {
      let canMatch = matcher.addOverlaps(truths.count) { index in
        detection.shape.overlap(
          with: truths[index].shape, isCrowd: !isFederated && truths[index].isCrowd, least: least)
      }
      guard canMatch else { continue }
      outcomes.entries[firstEntry + rank].match =
        Int32(outcomes.matches.count / ranges.count + matcher.detections - 1)
    }
    guard matcher.detections > 0 else { return }
    for (index, truth) in truths.enumerated() {
      matcher.truths[index] = PairMatcher.Truth(
        ignored: ignoredRanges(truth), isReusable: !isFederated && truth.isCrowd,
        isSeen: truth.isSeenWhenMatched)
    }
    matcher.match(ranges: ranges.count, into: &outcomes.matches)
  }

  private func ignoredRanges(_ truth: TruthObject<Shape>) -> UInt32 {
    truth.isIgnored ? .max : rangesOutside(truth.area)
  }

  @inline(__always)
  private func rangesOutside(_ area: Double) -> UInt32 {
    var outside: UInt32 = 0
    for (index, range) in ranges.enumerated() where !range.contains(area) {
      outside |= 1 << UInt32(index)
    }
    return outside
  }
}
