import COCO

/// The matches in detail: the contents of pycocotools' `evalImgs` and `ious`.
///
/// A pair is an image with a category that has any object there. Each column has the elements of
/// one pair after the other.
package struct MatchDetails: Sendable {
  /// The pairs, [pairs, 4]: the image's id, the category's place, the numbers of detections D and
  /// of true objects G.
  package fileprivate(set) var pairs: [Int64] = []
  /// The ids of detections, [D], by falling score, from 1.
  package fileprivate(set) var detectionIDs: [Int64] = []
  /// The scores of detections, [D].
  package fileprivate(set) var scores: [Double] = []
  /// The ids of true objects, [G], in the order of the file.
  package fileprivate(set) var truthIDs: [Int64] = []
  /// The overlaps, [D, G].
  package fileprivate(set) var overlaps: [Double] = []
  /// The ids of true objects, [A, G]: in each range of areas those that count first.
  package fileprivate(set) var orderedTruthIDs: [Int64] = []
  /// Whether each true object is ignored, [A, G].
  package fileprivate(set) var truthIgnored: [UInt8] = []
  /// The ids of the true objects matched, [A, T, D]; 0 for none.
  package fileprivate(set) var detectionMatches: [Double] = []
  /// Whether each detection is ignored, [A, T, D].
  package fileprivate(set) var detectionIgnored: [UInt8] = []
  /// The ids of the detections matched, [A, T, G]; 0 for none.
  package fileprivate(set) var truthMatches: [Double] = []

  /// Appends the pairs of later images.
  mutating func append(_ other: MatchDetails) {
    pairs += other.pairs
    detectionIDs += other.detectionIDs
    scores += other.scores
    truthIDs += other.truthIDs
    overlaps += other.overlaps
    orderedTruthIDs += other.orderedTruthIDs
    truthIgnored += other.truthIgnored
    detectionMatches += other.detectionMatches
    detectionIgnored += other.detectionIgnored
    truthMatches += other.truthMatches
  }
}

/// A recorder that matches the objects of one image after the other, and keeps the pairs.
struct DetailRecorder<Shape: EvaluatedShape> {
  private typealias Objects = ImageObjects<NumberedShape<Shape>>
  private let settings: EvaluationSettings
  private var evaluator: ImageEvaluator<NumberedShape<Shape>>
  private var matcher: PairMatcher
  private(set) var details = MatchDetails()

  init(_ settings: EvaluationSettings, categories: CategoryTable, shapes: DetectionShapes) {
    self.settings = settings
    evaluator = ImageEvaluator(settings, categories: categories, shapes: shapes)
    matcher = PairMatcher(thresholds: settings.iouThresholds)
  }

  mutating func add(_ image: COCO.Image, _ records: ImageRecords, form: ResultsForm) {
    var objects = evaluator.objects(on: image, records, form: form)
    objects.sort()
    let categories = Set(objects.truths.map(\.category) + objects.detections.map(\.category))
    for category in categories.sorted() {
      let detections = objects.detections.filter { $0.category == category }
      add(
        image.id, category, objects.truths.filter { $0.category == category },
        Array(detections.prefix(settings.maximumDetections.last ?? 0)))
    }
  }

  private mutating func add(
    _ imageID: Int, _ category: Int32, _ truths: [TruthObject<NumberedShape<Shape>>],
    _ detections: [DetectedObject<NumberedShape<Shape>>]
  ) {
    details.pairs += [
      Int64(imageID), Int64(category), Int64(detections.count), Int64(truths.count),
    ]
    details.detectionIDs += detections.map { Int64($0.shape.id) }
    details.scores += detections.map(\.score)
    details.truthIDs += truths.map { Int64($0.shape.id) }
    matcher.start(truths: truths.count)
    // The places of the detections that can match anything.
    var compared: [Int] = []
    for (place, detection) in detections.enumerated() {
      let overlaps = truths.map {
        detection.shape.overlap(with: $0.shape, isCrowd: $0.isCrowd, least: 0)
      }
      details.overlaps += overlaps
      if matcher.addOverlaps(truths.count, { overlaps[$0] }) { compared.append(place) }
    }
    for range in settings.areaRanges { match(truths, detections, compared, range) }
  }

  private mutating func match(
    _ truths: [TruthObject<NumberedShape<Shape>>],
    _ detections: [DetectedObject<NumberedShape<Shape>>], _ compared: [Int], _ range: AreaRange
  ) {
    let ignored = truths.map { $0.isIgnored || !range.contains($0.area) }
    for (index, truth) in truths.enumerated() {
      matcher.truths[index] = PairMatcher.Truth(
        ignored: ignored[index] ? 1 : 0, isReusable: truth.isCrowd,
        isSeen: truth.isSeenWhenMatched)
    }
    let order = truths.indices.filter { !ignored[$0] } + truths.indices.filter { ignored[$0] }
    var places = order
    for (place, index) in order.enumerated() { places[index] = place }
    let thresholds = settings.iouThresholds.count
    var matched = [Double](repeating: 0, count: thresholds * detections.count)
    var isIgnored = [UInt8](repeating: 0, count: matched.count)
    var found = [Double](repeating: 0, count: thresholds * truths.count)
    var matches: [MatchOutcomes.Match] = []
    matcher.match(ranges: 1, into: &matches) { threshold, detection, truth in
      let place = threshold * detections.count + compared[detection]
      matched[place] = Double(truths[truth].shape.id)
      isIgnored[place] = ignored[truth] ? 1 : 0
      found[threshold * truths.count + places[truth]] =
        Double(detections[compared[detection]].shape.id)
    }
    for (place, detection) in detections.enumerated() where !range.contains(detection.area) {
      for row in 0..<thresholds where matched[row * detections.count + place] == 0 {
        isIgnored[row * detections.count + place] = 1
      }
    }
    details.orderedTruthIDs += order.map { Int64(truths[$0].shape.id) }
    details.truthIgnored += order.map { ignored[$0] ? 1 : 0 }
    details.detectionMatches += matched
    details.detectionIgnored += isIgnored
    details.truthMatches += found
  }
}
