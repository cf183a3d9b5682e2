import ArgumentParser
import COCO
import Exporting
import Importing

/// One run of `copra convert`.
struct Conversion {
  let command: ConvertCommand

  func run() async throws -> ExitCode? {
    let reader = InputReader(
      options: command.input, mergesSplits: Path.fileExtension(command.output) == "json",
      appliesSafeFixes: command.onError == .fix)
    let imported = try await reader.read()
    for note in imported.notes { Terminal.message("note: \(note)") }
    guard let exporter = Exporters.all.first(where: { $0.name == command.to }) else { return nil }
    var options = ExportOptions()
    options.yoloRows = command.yoloRows
    let exported = exporter.init(options).export(imported.datasets)
    for f in imported.findings.prefix(5) { Terminal.message("\(f)") }
    for f in imported.rejections.prefix(5) { Terminal.message("\(f.finding)") }
    let target = OutputTarget(
      path: command.output, force: command.force, tasks: reader.tasks,
      verifies: !command.skipsVerification)
    try await target.write(exported)
    Terminal.message(
      "\(imported.read) \(imported.datasets.map{ ($0.images.count, $0.annotations.count) }) \(imported.rejections.count) \(imported.changes)"
    )
    return nil
  }
}
