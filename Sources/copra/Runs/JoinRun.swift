import COCO
import Console
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

  func run() async throws -> ExitStatus {
    let (files, partial) = (settings.files, settings.partial)
    try partial?.refuseEarly(inputs: files)
    let opened = try files.map { path in
      do {
        return try PartialFile(path)
      } catch let fault as PartialFault {
        throw PartialSetFault.file(path, fault)
      }
    }
    let set = try PartialSet(opened, needsAll: partial == nil)
    var said = PartialFindings()
    for file in set.files { try said.add(file) }
    switch set.header.verb {
    case PartialEvaluation.verb: try await joinEvaluations(set, said)
    default: throw CommandFailure("\(files[0]): no results of \(set.header.verb) can be joined")
    }
    return said.findings.contains { $0.severity == .error } ? .findings : .clean
  }

  private func joinEvaluations(_ set: PartialSet, _ said: PartialFindings) async throws {
    var settings = settings
    settings.evaluation.reporter = try EvaluationReporters.reporter(named: settings.format)
    let report = EvaluationOutput(settings.evaluation)
    try report.refuseEarly(inputs: settings.files)
    let joined = try JoinedEvaluation(set)
    if let partial = settings.partial {
      return try partial.write(set.header) { writer in
        try joined.write(to: writer)
        try writer.write(said.findings, in: said.sources)
      }
    }
    FindingPrinter.print(said.findings, in: said.sources)
    let evaluation = try await joined.evaluation(tasks: settings.workers.tasks("evaluating"))
    try await report.write(evaluation) {
      throw CommandFailure("a page shows pictures, which partial results do not hold")
    }
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
