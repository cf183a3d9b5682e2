public import COCO

/// What came of a smoke training.
public struct SmokeVerdict: Sendable, Equatable {
  public let isLearnt: Bool
  /// Why, in words for the user: one reason a line.
  public let reasons: [String]
  /// The boxes that are still missed, where it was not learnt, and what ended it early.
  public let findings: [Finding]
  public let ap50: Double
  public let steps: Int
  public let duration: Duration

  /// `learnt`, or `not learnt: ` and the reasons.
  public var description: String {
    isLearnt
      ? "learnt: " + reasons.joined(separator: "; ")
      : "not learnt: " + reasons.joined(separator: "; ")
  }
}

/// What a smoke training has seen, from which the verdict follows.
struct SmokeRecord {
  let samples: DetectionSamples
  let options: SmokeOptions
  var firstLoss: Double?
  var lastLoss: Double?
  var steps = 0
  var scores: DetectorScores?
  var duration = Duration.zero
  /// What ended the training before its time.
  var fault: [Finding] = []
  /// What speaks against the set, however well it was learnt by heart.
  var doubts: [String] = []

  var ap50: Double { scores?.ap50 ?? 0 }

  mutating func add(_ step: TrainingStep) {
    firstLoss = firstLoss ?? step.loss
    lastLoss = step.loss
    steps += 1
  }

  func verdict() -> SmokeVerdict {
    let isKnown = fault.isEmpty && ap50 >= options.leastScore
    return SmokeVerdict(
      isLearnt: isKnown && doubts.isEmpty,
      reasons: doubts + (isKnown ? [score] : reasons), findings: isKnown ? [] : fault + missed,
      ap50: ap50, steps: steps, duration: duration)
  }

  private var score: String {
    let seconds = duration / .seconds(1)
    return "AP50 \(ap50.brief(3)) on \(samples.count) pictures after \(steps) steps, "
      + "\(seconds.brief(1)) s"
  }

  private var reasons: [String] {
    var reasons = fault.first.map { [$0.message] } ?? []
    reasons.append("\(score), below \(options.leastScore.brief(3))")
    if let lossChange { reasons.append(lossChange) }
    let weak = (scores?.ap50PerCategory ?? []).filter { $0.value < options.leastScore }
    if !weak.isEmpty {
      let names = weak.prefix(12).map { "\($0.category.name) (AP50 \($0.value.brief(3)))" }
      let more = weak.count > 12 ? " and \(weak.count - 12) more" : ""
      reasons.append("categories not learnt: " + names.joined(separator: ", ") + more)
    }
    return reasons
  }

  /// How the loss changed; nil where there was but one step.
  private var lossChange: String? {
    guard let firstLoss, let lastLoss, steps > 1 else { return nil }
    let (first, last) = (firstLoss.brief(3), lastLoss.brief(3))
    if first == last { return "loss stayed at \(first)" }
    return "loss \(lastLoss < firstLoss ? "fell" : "rose") from \(first) to \(last)"
  }

  /// A finding for each object that no detection of its category covers by half.
  private var missed: [Finding] {
    guard let scores else { return [] }
    return (0..<samples.count).flatMap { position in
      let indices = samples.annotationIndices[samples.imageIndices[position]]
      return indices.compactMap { index -> Finding? in
        let annotation = samples.dataset.annotations[index]
        guard annotation.isCrowd != 1, let box = annotation.box else { return nil }
        let best =
          scores.detections[position].filter { $0.categoryID == annotation.categoryID }
          .compactMap { $0.box.map { $0.intersectionOverUnion(with: box) } }.max() ?? 0
        guard best < 0.5 else { return nil }
        return Finding(
          .notLearnt,
          "a model that was trained on just \(samples.count) pictures misses this box: the best of "
            + "its category overlaps it by \(best.brief(3))",
          at: annotation.origin, record: RecordReference(.annotation, index), field: .box)
      }
    }
  }
}

extension Box {
  func intersectionOverUnion(with other: Box) -> Double {
    let width = min(x1, other.x1) - max(x0, other.x0)
    let height = min(y1, other.y1) - max(y0, other.y0)
    guard width > 0, height > 0 else { return 0 }
    let intersection = width * height
    return intersection / (area + other.area - intersection)
  }
}
