public import COCO

/// The comparison of the true and the detected boxes of one image at one overlap, matched as by
/// COCO's metric: within a category, by falling score, each true box once and crowds any number of
/// times.
public struct BoxComparison: Sendable {
  /// The verdict on a box.
  public enum Verdict: Sendable {
    case matched
    /// A true box is missed, or a detection is false.
    case unmatched
    /// A crowd, or found in one: it counts neither way.
    case ignored
  }

  /// The verdict on each annotation; nil if it has no box or category to compare.
  public private(set) var truths: [Verdict?]
  /// One for each detection, likewise.
  public private(set) var detections: [Verdict?]

  /// Compares what is on one image, however many detections there are.
  ///
  /// - Parameters:
  ///   - truths: The true objects.
  ///   - detections: The detections of the image.
  ///   - iou: the overlap from which on a box is found, above 0 and up to 1.
  ///   - form: what the box of a detection is, which a file's first one decides.
  public init(
    truths: [Annotation], detections: [Detection], iou: Double, form: ResultsForm
  ) {
    self.truths = Array(repeating: nil, count: truths.count)
    self.detections = Array(repeating: nil, count: detections.count)
    let frame = ImageFrame(height: 0, width: 0, form: form, keypoints: KeypointScale(sigmas: []))
    var sides: [Int: Sides] = [:]
    for (index, annotation) in truths.enumerated() {
      guard let category = annotation.categoryID,
        let shape = try? BoxShape.truth(annotation, in: frame)
      else { continue }
      sides[category, default: Sides()].truths.append((index, shape, annotation.isCrowd ?? 0 != 0))
    }
    for (index, detection) in detections.enumerated() {
      guard detection.score.isFinite, detection.box?.isFinite ?? true,
        let (shape, _) = try? BoxShape.detection(detection, in: frame)
      else { continue }
      sides[detection.categoryID, default: Sides()].detections.append(
        (index, shape, detection.score))
    }
    var matcher = PairMatcher(thresholds: [iou])
    for side in sides.values { match(side, by: &matcher) }
  }

  /// The true and the detected boxes of one category.
  private struct Sides {
    var truths: [(index: Int, shape: BoxShape, isCrowd: Bool)] = []
    var detections: [(index: Int, shape: BoxShape, score: Double)] = []
  }

  private mutating func match(_ sides: Sides, by matcher: inout PairMatcher) {
    let truths = sides.truths
    matcher.start(truths: truths.count)
    let least = matcher.least
    var compared: [Int] = []
    for found in sides.detections.stablySorted(by: { $0.score > $1.score }) {
      detections[found.index] = .unmatched
      let canMatch = matcher.addOverlaps(truths.count) {
        found.shape.overlap(with: truths[$0].shape, isCrowd: truths[$0].isCrowd, least: least)
      }
      if canMatch { compared.append(found.index) }
    }
    for (place, truth) in truths.enumerated() {
      matcher.truths[place] = PairMatcher.Truth(
        ignored: truth.isCrowd ? 1 : 0, isReusable: truth.isCrowd, isSeen: true)
    }
    var matches: [MatchOutcomes.Match] = []
    matcher.match(ranges: 1, into: &matches)
    for (index, match) in zip(compared, matches) where match.matched != 0 {
      detections[index] = match.ignored != 0 ? .ignored : .matched
    }
    for (place, truth) in truths.enumerated() {
      self.truths[truth.index] =
        truth.isCrowd ? .ignored : matcher.isTaken(place) ? .matched : .unmatched
    }
  }
}
