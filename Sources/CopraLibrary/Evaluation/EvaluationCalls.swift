// The names are those of the C header.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

public import CCopra
import COCO
import DetectionMetrics
import Files

/// Matches detections with the ground truth.
@c @implementation
public func copra_evaluate(
  _ truth: OpaquePointer?, _ detections: OpaquePointer?,
  _ settings: UnsafePointer<copra_settings>?, _ evaluation: UnsafeMutablePointer<OpaquePointer?>?
) -> Int32 {
  Call.run {
    let (truth, found) = (
      try HeldDataset.borrow(truth), try HeldDetections.borrow(detections).contents
    )
    let read = try ReadSettings(settings)
    let source = FileEvaluation(
      try truth.truth(of: read.selection), detections: read.selection.chosen(found.batches),
      shapes: found.shapes, settings: read.settings, form: found.form, imageIDs: read.imageIDs)
    let (evaluator, findings) = try Call.work { await source.match(tasks: $0) }
    try HeldEvaluation(
      evaluator, findings: truth.findings.findings + found.findings + findings, of: source
    ).give(to: evaluation)
  }
}

/// Frees an evaluation; NULL may be freed.
@c @implementation
public func copra_evaluation_free(_ evaluation: OpaquePointer?) { HeldEvaluation.free(evaluation) }

/// Returns the findings about the records evaluated, without places.
@c @implementation
public func copra_evaluation_findings(
  _ evaluation: OpaquePointer?, _ findings: UnsafeMutablePointer<OpaquePointer?>?
) -> Int32 {
  Call.run {
    // Their places are those of records in memory, which are in no file.
    let found = try HeldEvaluation.borrow(evaluation).findings.map { finding in
      var finding = finding
      finding.origin = nil
      return finding
    }
    try HeldFindings(found).give(to: findings)
  }
}

/// Computes and lends precision and scores, [iou thresholds, recalls, categories, areas, limits],
/// and recall, [iou thresholds, categories, areas, limits]. `recalls` must be ascending.
@c @implementation
public func copra_evaluation_accumulate(
  _ evaluation: OpaquePointer?, _ recalls: UnsafePointer<Double>?, _ recallCount: Int64,
  _ precision: UnsafeMutablePointer<copra_array>?, _ recall: UnsafeMutablePointer<copra_array>?,
  _ scores: UnsafeMutablePointer<copra_array>?
) -> Int32 {
  Call.run {
    try HeldEvaluation.borrow(evaluation).accumulate(
      recalls: try ReadSettings.recalls(recalls, recallCount), precision: precision,
      recall: recall, scores: scores)
  }
}

/// Lends the figures of COCO's summary and their lines of text, after
/// `copra_evaluation_accumulate`.
@c @implementation
public func copra_evaluation_summary(
  _ evaluation: OpaquePointer?, _ figures: UnsafeMutablePointer<copra_array>?,
  _ lines: UnsafeMutablePointer<copra_array>?
) -> Int32 {
  Call.run {
    try HeldEvaluation.borrow(evaluation).lendSummary(figures: figures, lines: lines)
  }
}

/// Matches again and keeps the pairs; refused for an evaluation of restored matches.
@c @implementation
public func copra_evaluation_details(
  _ evaluation: OpaquePointer?, _ details: UnsafeMutablePointer<OpaquePointer?>?
) -> Int32 {
  Call.run {
    guard let source = try HeldEvaluation.borrow(evaluation).source else {
      throw CallError("expected an evaluation that was matched here")
    }
    try HeldDetails(try Call.work { await source.details(tasks: $0) }).give(to: details)
  }
}

/// Frees details; NULL may be freed.
@c @implementation
public func copra_details_free(_ details: OpaquePointer?) { HeldDetails.free(details) }

/// Lends one of the details' columns, which stays valid until the details are freed.
@c @implementation
public func copra_details_column(
  _ details: OpaquePointer?, _ column: Int32, _ array: UnsafeMutablePointer<copra_array>?
) -> Int32 {
  Call.run {
    let details = try HeldDetails.borrow(details)
    try details.columns.lend(column, to: array) { try details.column(column) }
  }
}
