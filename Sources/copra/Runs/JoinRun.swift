import COCO
import Console
import Datasets
import DetectionMetrics
import Files
import Reporting

/// What `copra join` joins, and what it writes.
struct JoinRunSettings {
  var files: [String]
  /// A format of the verb whose results they are; nil for its usual one.
  var format: String?
  /// How an evaluation is shown, its format apart, and where.
  var evaluation: EvaluationReportSettings
  /// Where partial results go; nil for a report.
  var partial: PartialOutput?
  var workers: Workers
}

/// One run of `copra join`: open the files, see that they belong together, and write what comes of all
/// of them.
struct JoinRun {
  let settings: JoinRunSettings

  /// - Parameter finish: goes on where the verb whose results they are would be when it had read
  ///   everything.
  func run(
    finish: (PartialSet) async throws -> ExitStatus
  ) async throws -> ExitStatus {
    let (files, partial) = (settings.files, settings.partial)
    try partial?.refuseEarly(inputs: files)
    let opened = try files.flatMap { path in
      do {
        return try PartialFile(path).parts
      } catch let fault as PartialFault {
        throw PartialSetFault.file(path, fault)
      }
    }
    let set = try PartialSet(opened, needsAll: partial == nil)
    if set.header.verb == PartialEvaluation.verb { return try await joinEvaluations(set) }
    guard let partial else { return try await finish(set) }
    try await partial.write(set.header) { try JoinedImport.write(set, to: $0) }
    return .clean
  }

  private func joinEvaluations(_ set: PartialSet) async throws -> ExitStatus {
    var said = PartialFindings()
    for file in set.files { try said.add(file) }
    var settings = settings
    settings.evaluation.reporter = try EvaluationReporters.reporter(named: settings.format)
    let report = EvaluationOutput(settings.evaluation)
    try report.refuseEarly(inputs: settings.files)
    let joined = try JoinedEvaluation(set)
    if let partial = settings.partial {
      try await partial.write(set.header) { writer in
        try joined.write(to: writer)
        try writer.write(said.findings, in: said.sources)
      }
      return .clean
    }
    FindingPrinter.print(said.findings, in: said.sources)
    let evaluation = try await joined.evaluation(tasks: settings.workers.tasks("evaluating"))
    try await report.write(evaluation) {
      throw CommandFailure("a page shows images, which partial results do not contain")
    }
    return said.findings.contains { $0.severity == .error } ? .findings : .clean
  }
}

extension ReporterList {
  /// Returns the reporter that `--format` names; the usual one for nil.
  fileprivate static func reporter(named format: String?) throws -> Reporter {
    guard let format else { return all[0] }
    guard let reporter = all.first(where: { name(of: $0) == format }) else {
      throw CommandFailure(
        "--format takes one of \(all.map(name).joined(separator: ", ")) here, found \(format)")
    }
    return reporter
  }
}
