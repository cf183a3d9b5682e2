import COCO
import Console
import Exporting
import Importing

/// One run of `copra convert`: read, write beside the target, read back, put in place, account.
struct Conversion {
  let command: ConvertCommand

  func run() async throws -> ExitStatus {
    let output = command.output
    try refuseEarly()
    let exporter = output.format.exporter
    let reader = InputReader(
      options: command.input,
      mergesSplits: output.isOneFile && exporter.name == "coco",
      appliesSafeFixes: output.onError == .fix)
    let imported = try await reader.read()
    let account = ConversionAccount(imported)
    account.printNotes()
    account.printFindings()
    if output.onError == .stop, account.status == .findings {
      Terminal.message("nothing was written: --on-error stop, and there are errors")
      return .findings
    }
    guard account.hasRead else {
      Terminal.message("nothing was written: nothing could be read")
      return .findings
    }
    var options = ExportOptions()
    options.yoloRows = output.yoloRows
    let exported = exporter.init(options).export(imported.datasets)
    try await ConversionOutput(options: output, imported: imported, reader: reader).write(exported)
    for loss in exported.losses {
      Terminal.message("lost: \(loss.count) \(loss.what)")
    }
    try account.printLedger()
    // Freeing a million records would take a while, and the system does it at once.
    withExtendedLifetime((imported, exported)) { Ending.exit(account.status) }
  }

  /// What can be refused before anything is read.
  private func refuseEarly() throws {
    let path = command.output.path
    if let status = FileStatus(path), !status.isFolder {
      try OverwriteGuard(replaces: command.output.force).check([path], inputs: command.input.paths)
    }
  }
}
