import COCO
import Console
import Datasets
import DetectionMetrics
import Files
import Formats
import Reporting

/// What `copra evaluate` compares, and what it tells of that.
struct EvaluationRunSettings {
  /// A COCO file.
  var truth: String
  /// JSON lists of detections.
  var detections: [String]
  var evaluation: EvaluationSettings
  /// Whether an id that is a text of digits is the number that it reads as.
  var joinsTextIDs = false
  var report: EvaluationReportSettings
  /// The images that are evaluated; nil for all.
  var shard: Shard?
  /// Where partial results go; nil for a report.
  var partial: PartialOutput?
  var workers: Workers

  var inputs: [String] { [truth] + detections }
}

/// One run of `copra evaluate`: read both files, evaluate, say what was wrong, show the figures.
struct EvaluationRun {
  let settings: EvaluationRunSettings

  func run() async throws -> ExitStatus {
    let report = EvaluationOutput(settings.report)
    try settings.partial?.refuseEarly(inputs: settings.inputs)
    try report.refuseEarly(inputs: settings.inputs)
    var matched = try await matches()
    matched.findings += Self.doubts(about: matched)
    matched.findings = matched.findings.located(in: matched.sources)
    FindingPrinter.print(matched.findings, in: matched.sources)
    if matched.detections.count == 0 {
      Terminal.message(
        "note: \(settings.detections.joined(separator: ", ")) contains no detections")
    }
    if let partial = settings.partial {
      try await write(matched, to: partial)
      return .clean
    }
    let evaluation = await matched.evaluator.evaluation(
      tasks: settings.workers.tasks("evaluating"))
    try await report.write(evaluation) { try await page(of: evaluation, matched) }
    let isClean = !matched.findings.contains { $0.severity == .error }
    // Freeing a million records would take a while, and the system does it at once.
    withExtendedLifetime(matched) { Ending.exit(isClean ? .clean : .findings) }
  }

  private func write(_ matched: MatchedResults, to partial: PartialOutput) async throws {
    var pictures = PictureDigest()
    for id in Set(matched.truth.images.map(\.id)) { pictures.add(imageID: id) }
    let header = matched.evaluator.partialHeader(
      pictures: pictures, cover: settings.shard.map { ShardCover($0) })
    try await partial.write(header) { writer in
      try matched.evaluator.write(to: writer)
      try writer.write(matched.findings, in: matched.sources)
    }
  }

  /// So many detections tell what the boxes of all are.
  private static let mostSampled = 10_000

  /// What the boxes of the detections together say against the way in which they were read. The figures
  /// are what they are all the same.
  private static func doubts(about results: MatchedResults) -> [Finding] {
    let sample = Array(results.detections.batches.joined().prefix(mostSampled))
    guard let reading = BoxReading(of: sample, on: results.truth) else { return [] }
    let fault = reading.fault
    return [
      Finding(
        fault.kind, severity: .warning, "detections: \(fault.message)",
        at: sample[reading.first].origin)
    ]
  }

  private func matches() async throws -> MatchedResults {
    var evaluator = ResultsEvaluator(settings: settings.evaluation)
    evaluator.joinsTextIDs = settings.joinsTextIDs
    evaluator.workers = settings.workers
    evaluator.shard = settings.shard
    do {
      return try await evaluator.match(settings.detections, against: settings.truth)
    } catch let unusable as UnusableResults {
      FindingPrinter.print(unusable.findings, in: unusable.sources)
      throw unusable
    }
  }

  /// The page of the evaluation, with the worst pictures where their files are found.
  private func page(
    of evaluation: Evaluation, _ results: MatchedResults
  ) async throws -> DatasetPage {
    var page = DatasetPage(title: Path.name(of: settings.detections[0]))
    if !results.findings.isEmpty {
      let report = FindingReport(
        results.findings, in: results.sources,
        toolVersion: Version.text)
      page.findings = PageFindings(report, FindingReportOptions(usesColour: false))
    }
    var reader = DatasetReader()
    reader.format = .coco
    reader.options.judgesRecords = false
    reader.workers = settings.workers
    // Where a truth can be evaluated but not read as a dataset, there are just no pictures.
    let imported = try? await reader.read([settings.truth])
    page.datasets = imported?.datasets ?? []
    page.evaluation = PageEvaluation(
      evaluation, of: page.datasets, results.detections)
    if let imported { try await page.addPictures(of: imported, by: Thumbnails(readBy: reader)) }
    return page
  }
}
