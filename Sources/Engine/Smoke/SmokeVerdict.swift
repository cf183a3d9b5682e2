public import COCO
public import DetectionMetrics

/// What came of a smoke training.
public struct SmokeVerdict: Sendable, Equatable {
  /// The answer, which does not depend on how fast the machine is.
  public enum Outcome: String, Sendable {
    case learnt
    /// The pictures were learnt, but of a set of this size or kind it cannot be told whether what was
    /// learnt carries over to other pictures: wrong boxes are learnt by heart too.
    case learntByHeart = "learnt by heart only"
    case notLearnt = "not learnt"
    /// The time ended before enough steps were made to say that the pictures are not learnt, or while
    /// AP still rose; or they were learnt, and something speaks against the set.
    case undecided
  }

  public let outcome: Outcome
  /// Why, in words for the user: one reason a line.
  public let reasons: [String]
  /// The boxes that are missed by a model that has learnt the others, and what ended it early.
  public let findings: [Finding]
  public let ap50: Double
  public let steps: Int
  public let duration: Duration
  /// The budget with which an answer may be had; nil where there is one, or none is to be had.
  public let neededBudget: Duration?
  /// How well the pictures' objects were learnt at the end; nil where nobody looked.
  public internal(set) var losses: MeanLosses?

  init(
    _ outcome: Outcome, reasons: [String], findings: [Finding] = [], ap50: Double = 0,
    steps: Int = 0, duration: Duration = .zero, neededBudget: Duration? = nil
  ) {
    self.outcome = outcome
    self.reasons = reasons
    self.findings = findings
    self.ap50 = ap50
    self.steps = steps
    self.duration = duration
    self.neededBudget = neededBudget
  }

  public var isLearnt: Bool { outcome == .learnt }

  /// The outcome and the reasons.
  public var description: String { "\(outcome.rawValue): \(reasons.joined(separator: "; "))" }
}

/// What a smoke training has seen, from which the verdict follows.
struct SmokeRecord {
  let samples: DetectionSamples
  let options: SmokeOptions
  var firstLoss: Double?
  var lastLoss: Double?
  var steps = 0
  /// What the last evaluation found; the model is not judged before one.
  private(set) var scores: DetectorScores?
  private(set) var duration = Duration.zero
  private var progress = SmokeProgress()
  /// What ended the training before its time.
  var fault: [Finding] = []
  /// Parameters of the model that no gradient has reached.
  var deadParameters: [Finding] = []
  /// What speaks against the set, however well it was learnt by heart.
  var doubts: [String] = []
  /// What the appearance of the whole set's objects says.
  var appearance: AppearanceReport?

  init(samples: DetectionSamples, options: SmokeOptions) {
    self.samples = samples
    self.options = options
  }

  var ap50: Double { scores?.ap50 ?? 0 }

  mutating func add(_ step: TrainingStep) {
    firstLoss = firstLoss ?? step.loss
    lastLoss = step.loss
    steps += 1
  }

  /// Takes up an evaluation after so much time in all.
  mutating func add(_ scores: DetectorScores, after duration: Duration) {
    self.scores = scores
    self.duration = duration
    progress.add(steps: steps, duration: duration, score: scores.ap50)
  }

  func verdict() -> SmokeVerdict {
    var verdict = judged()
    verdict.losses = losses
    return verdict
  }

  private func judged() -> SmokeVerdict {
    let isKnown = fault.isEmpty && ap50 >= options.leastScore
    if fault.isEmpty, doubts.isEmpty, !isKnown, progress.isOpen {
      let needed = progress.neededBudget(toReach: options.leastScore)
      let more = "about \(Int((needed / .seconds(1)).rounded(.up))) s may suffice"
      return SmokeVerdict(
        .undecided, reasons: ["\(score), \(progress.reason); \(more)"],
        findings: deadParameters, ap50: ap50, steps: steps,
        duration: duration, neededBudget: needed)
    }
    let isSound = isKnown && doubts.isEmpty
    if isSound, let appearance, !appearance.doubts.isEmpty {
      return SmokeVerdict(
        .undecided, reasons: appearance.doubts + [score], findings: deadParameters, ap50: ap50,
        steps: steps, duration: duration)
    }
    let learnt = appearance?.boxesFit == true ? SmokeVerdict.Outcome.learnt : .learntByHeart
    return SmokeVerdict(
      isSound ? learnt : .notLearnt,
      reasons: doubts + (isKnown ? [score] : reasons) + (isSound ? untold : []),
      findings: fault + deadParameters
        + (isKnown && ap50 < options.target && !progress.isOpen ? missed : []),
      ap50: ap50, steps: steps, duration: duration)
  }

  private var losses: MeanLosses? {
    guard let scores else { return nil }
    var history = LabelHistory(samples.dataset)
    history.add(
      scores.detections.flatMap { $0 }, on: (0..<samples.count).map { samples.image(at: $0).id })
    return MeanLosses(history, of: samples.dataset)
  }

  private var score: String {
    let seconds = duration / .seconds(1)
    return "AP50 \(ap50.brief(3)) on \(samples.count) images after \(steps) steps, "
      + "\(seconds.brief(1)) s"
  }

  /// What cannot be told of the set.
  private var untold: [String] {
    let untold =
      appearance?.untold ?? ["whether boxes fit what the images show: this was not checked"]
    return untold.map { "cannot be determined: \($0)" }
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

  /// A finding for each object that no detection of its category covers by half. Only a model that has
  /// learnt the others, and learns no more, says anything of a single box.
  private var missed: [Finding] {
    guard let scores else { return [] }
    return (0..<samples.count).flatMap { position in
      let indices = samples.annotationIndices[samples.imageIndices[position]]
      return indices.compactMap { index -> Finding? in
        let annotation = samples.dataset.annotations[index]
        guard annotation.isCrowd != 1, let box = annotation.box else { return nil }
        let best =
          scores.detections[position].filter { $0.categoryID == annotation.categoryID }
          .compactMap { $0.box.map { $0.intersectionOverUnion(box) } }.max() ?? 0
        guard best < 0.5 else { return nil }
        return Finding(
          .notLearnt,
          "a model that was trained on just \(samples.count) images misses this box: the best of "
            + "its category overlaps it by \(best.brief(3))",
          at: annotation.origin, record: RecordReference(.annotation, index), field: .box)
      }
    }
  }
}
