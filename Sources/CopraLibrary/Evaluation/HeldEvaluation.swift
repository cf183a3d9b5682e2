import CCopra
import COCO
import DetectionMetrics
import Files

/// An evaluation behind its handle.
final class HeldEvaluation: HandleValue {
  static let name = "an evaluation"

  let evaluator: Evaluator
  let findings: [Finding]
  /// The evaluated data; nil if the matches were restored.
  let source: FileEvaluation?
  private let figures = Monitor<Figures>(Figures())

  private struct Figures {
    /// The recalls that precision was last read at.
    var recalls: [Double]?
    /// Everything that has been lent.
    var lent: [Lent] = []
  }

  init(_ evaluator: Evaluator, findings: [Finding] = [], of source: FileEvaluation? = nil) {
    self.evaluator = evaluator
    self.findings = findings
    self.source = source
  }

  func accumulate(
    recalls: [Double], precision: UnsafeMutablePointer<copra_array>?,
    recall: UnsafeMutablePointer<copra_array>?, scores: UnsafeMutablePointer<copra_array>?
  ) throws {
    let shape = evaluator.shape(recalls: recalls.count)
    let count = shape.reduce(1, *)
    let (precisions, scored) = (Lent(doubles: count), Lent(doubles: count))
    let recalled = Lent(doubles: count / recalls.count)
    let arrays = EvaluationArrays(
      precision: precisions.doubles, recall: recalled.doubles, scores: scored.doubles)
    let evaluator = evaluator
    try Call.work { await evaluator.write(arrays, recallThresholds: recalls, tasks: $0) }
    try precisions.lend(to: precision)
    try scored.lend(to: scores)
    try recalled.lend(to: recall)
    figures.change {
      $0.recalls = recalls
      $0.lent += [precisions, scored, recalled]
    }
  }

  func lendSummary(
    figures room: UnsafeMutablePointer<copra_array>?, lines: UnsafeMutablePointer<copra_array>?
  ) throws {
    guard let recalls = figures.change({ $0.recalls }) else {
      throw CallError("expected an evaluation that has been accumulated")
    }
    let evaluator = evaluator
    let summary = try Call.work {
      await evaluator.evaluation(recallThresholds: recalls, tasks: $0).summary
    }
    let lent = [Lent(summary.map(\.value)), Lent(texts: summary.map(\.line))]
    try lent[0].lend(to: room)
    try lent[1].lend(to: lines)
    figures.change { $0.lent += lent }
  }
}

/// The matches in detail, behind their handle.
final class HeldDetails: HandleValue {
  static let name = "details"

  private let details: MatchDetails
  let columns = LentColumns()

  init(_ details: MatchDetails) {
    self.details = details
  }

  func column(_ column: Int32) throws -> Lent {
    switch Int(column) {
    case COPRA_PAIRS: Lent(details.pairs)
    case COPRA_DETECTION_IDS: Lent(details.detectionIDs)
    case COPRA_DETECTION_SCORES: Lent(details.scores)
    case COPRA_TRUTH_IDS: Lent(details.truthIDs)
    case COPRA_OVERLAPS: Lent(details.overlaps)
    case COPRA_ORDERED_TRUTH_IDS: Lent(details.orderedTruthIDs)
    case COPRA_TRUTH_IGNORED: Lent(details.truthIgnored)
    case COPRA_DETECTION_MATCHES: Lent(details.detectionMatches)
    case COPRA_DETECTION_IGNORED: Lent(details.detectionIgnored)
    case COPRA_TRUTH_MATCHES: Lent(details.truthMatches)
    default: throw CallError("expected a column of details, found \(column)")
    }
  }
}
