import ArgumentParser
import COCO
import Exporting
import Importing
import Reporting

/// One run of `copra convert`: read, write beside the target, read back, put in place, account.
struct Conversion {
  let command: ConvertCommand

  func run() async throws -> ExitCode? {
    guard let exporter = Exporters.all.first(where: { $0.name == command.to }) else { return nil }
    let reader = InputReader(
      options: command.input,
      mergesSplits: command.to == "coco" && Path.fileExtension(command.output) == "json",
      appliesSafeFixes: command.onError == .fix)
    let imported = try await reader.read()
    let account = ConversionAccount(imported)
    account.printNotes()
    account.printFindings()
    if command.onError == .stop, account.hasErrors {
      Terminal.message("nothing was written: --on-error stop, and there are errors")
      return ExitStatus.findings
    }
    if imported.read == RecordCounts(), account.hasErrors {
      Terminal.message("nothing was written: nothing could be read")
      return ExitStatus.findings
    }
    var options = ExportOptions()
    options.yoloRows = command.yoloRows
    let exported = exporter.init(options).export(imported.datasets)
    let output = ConversionOutput(command: command, imported: imported, reader: reader)
    try await output.write(exported)
    for loss in exported.losses {
      Terminal.message("lost: \(loss.count) \(loss.what)")
    }
    try account.printLedger()
    return account.hasErrors ? ExitStatus.findings : nil
  }
}
