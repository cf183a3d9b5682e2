import COCO
import Console
import Datasets
import Files
import Formats

/// What a conversion reads and writes.
struct ConversionSettings {
  /// What becomes of records that COCO cannot hold.
  enum ErrorPolicy: String, CaseIterable {
    case quarantine, stop, fix
  }

  var inputs: [String]
  var reader: DatasetReader
  /// A file or a folder.
  var output: String
  var writer: DatasetWriter
  var onError = ErrorPolicy.quarantine
}

/// One run of `copra convert`: read, write beside the target, read back, put in place, account.
struct ConversionRun {
  let settings: ConversionSettings

  func run() async throws -> ExitStatus {
    try refuseEarly()
    var reader = settings.reader
    reader.options.appliesSafeFixes = settings.onError == .fix
    // Of other formats each split has its place in the one output.
    let isOneFile = settings.writer.format.isOneFile(settings.output)
    reader.mergesSplits = isOneFile && settings.writer.format == .coco
    let imported = try await reader.read(settings.inputs)
    let account = ConversionAccount(imported)
    account.printNotes()
    account.printFindings()
    if settings.onError == .stop, account.status == .findings {
      Terminal.message("nothing was written: --on-error stop, and there are errors")
      return .findings
    }
    guard account.hasRead else {
      Terminal.message("nothing was written: nothing could be read")
      return .findings
    }
    let exported = try await settings.writer.write(imported, to: settings.output)
    for loss in exported.losses {
      Terminal.message("lost: \(loss.count) \(loss.what)")
    }
    try account.printLedger()
    // Freeing a million records would take a while, and the system does it at once.
    withExtendedLifetime((imported, exported)) { Ending.exit(account.status) }
  }

  /// What can be refused before anything is read.
  private func refuseEarly() throws {
    let path = settings.output
    if let status = FileStatus(path), !status.isFolder {
      try OverwriteGuard(replaces: settings.writer.replaces)
        .check([path], inputs: settings.inputs)
    }
  }
}
