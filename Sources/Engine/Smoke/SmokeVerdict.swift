public import COCO
public import DetectionMetrics

/// The verdict of a smoke training.
public struct SmokeVerdict: Sendable, Equatable {
  /// The answer, which does not depend on the speed of the machine.
  public enum Outcome: String, Sendable {
    case learnt
    /// The images were learnt, but a set of this size or kind cannot show whether that carries over
    /// to other images: wrong boxes are learnt by heart too.
    case learntByHeart = "learnt by heart only"
    case notLearnt = "not learnt"
    /// The time ended before enough steps were made to call the images not learnt, or while AP
    /// still rose; or they were learnt, and something indicates against the set.
    case undecided
  }

  /// The answer.
  public let outcome: Outcome
  /// The reasons as messages for the user.
  public let reasons: [String]
  /// The findings: the boxes missed by a model that has learnt the others, and faults that ended it
  /// early.
  public let findings: [Finding]
  /// The AP50 at the end, 0 … 1.
  public let ap50: Double
  /// The number of steps made.
  public let steps: Int
  /// The duration of the training.
  public let duration: Duration
  /// The budget with which an answer is possible; nil if there is an answer, or none is possible.
  public let neededBudget: Duration?
  /// The mean losses of the images' objects at the end; nil if they were not measured.
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

  /// Whether the set was learnt and fits its images.
  public var isLearnt: Bool { outcome == .learnt }

  /// The outcome and the reasons.
  public var description: String { "\(outcome.rawValue): \(reasons.joined(separator: "; "))" }
}

/// The observations of a smoke training, from which the verdict follows.
struct SmokeRecord {
  let samples: DetectionSamples
  let options: SmokeOptions
  var firstLoss: Double?
  var lastLoss: Double?
  var steps = 0
  /// The result of the last evaluation; the model is not judged before one.
  private(set) var scores: DetectorScores?
  private(set) var duration = Duration.zero
  private var progress = SmokeProgress()
  /// The findings that ended the training early.
  var fault: [Finding] = []
  /// The findings of parameters of the model that no gradient has reached.
  var deadParameters: [Finding] = []
  /// The indications against the set, however well it was learnt by heart.
  var doubts: [String] = []
  /// The report on the appearance of the whole set's objects.
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

  /// Adds an evaluation after a total time.
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

  /// Returns the questions about the set that remain open.
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

  /// Describes the change of the loss; nil if there was only one step.
  private var lossChange: String? {
    guard let firstLoss, let lastLoss, steps > 1 else { return nil }
    let (first, last) = (firstLoss.brief(3), lastLoss.brief(3))
    if first == last { return "loss stayed at \(first)" }
    return "loss \(lastLoss < firstLoss ? "fell" : "rose") from \(first) to \(last)"
  }

  /// A finding for each object that no detection of its category covers by half. Only a model that
  /// has learnt the others, and learns no more, gives evidence about a single box.
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
