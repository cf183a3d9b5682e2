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
  /// The validation part that is made where there is none.
  var validation: ValidationPart?
  var onError = ErrorPolicy.quarantine
  /// The pictures that are converted, and where partial results go.
  var part = PartSettings()
}

/// One run of `copra convert`: read, write beside the target, read back, put in place, account.
struct ConversionRun {
  let settings: ConversionSettings

  func run() async throws -> ExitStatus {
    if settings.part.partial == nil { try refuseEarly() }
    try settings.part.partial?.refuseEarly(inputs: settings.inputs)
    var reader = settings.reader
    reader.options.appliesSafeFixes = settings.onError == .fix
    // Of other formats each split has its place in the one output.
    let isOneFile = settings.writer.format.isOneFile(settings.output)
    reader.mergesSplits = isOneFile && settings.writer.format.holdsAll
    if settings.part.partial == nil, takesStreams,
      let stream = try await reader.stream(settings.inputs, shard: settings.part.shard)
    {
      return try await finish(stream)
    }
    if try await settings.part.write(by: reader, verb: "convert", inputs: settings.inputs) {
      return .clean
    }
    let imported = try await reader.read(settings.inputs)
    if try await settings.part.write(imported, verb: "convert", inputs: settings.inputs) {
      return .clean
    }
    return try await finish(settings.part.shard.map(imported.part) ?? imported)
  }

  /// Whether nothing that is written depends on all records.
  var takesStreams: Bool {
    settings.validation == nil && settings.onError != .stop
      && settings.writer.takesStreams(to: settings.output)
  }

  /// Whether records go to standard output.
  var isForStandardOutput: Bool { settings.output == Format.standardOutput }

  /// Writes what is read, window by window.
  func finish(_ stream: any DatasetStream) async throws -> ExitStatus {
    var account: ConversionAccount?
    let written = try await settings.writer.write(stream, to: settings.output) { imported in
      let own = begin(imported)
      account = own
      return own.hasRead
    }
    guard var account, let written else { return nothingRead() }
    account.take(written.imported, kept: written.kept)
    try close(account, written.losses)
    return account.status
  }

  /// Prints the account of what was read.
  private func begin(_ imported: Imported) -> ConversionAccount {
    let account = ConversionAccount(imported)
    account.printNotes(
      turnsUpright: settings.writer.pictures?.turnsUpright ?? false
        || settings.reader.options.exif != .upright)
    account.printFindings()
    return account
  }

  /// Prints the account of what was written.
  private func close(_ account: ConversionAccount, _ losses: [Loss]) throws {
    for loss in losses { Terminal.message("lost: \(loss.count) \(loss.what)") }
    try account.printLedger(isMessage: isForStandardOutput)
  }

  private func nothingRead() -> ExitStatus {
    Terminal.message("nothing was written, because nothing could be read")
    return .findings
  }

  /// Writes what was read.
  func finish(_ imported: Imported) async throws -> ExitStatus {
    let isOneFile = settings.writer.format.isOneFile(settings.output)
    if isOneFile, settings.writer.format.holdsAll, imported.datasets.count > 1 {
      throw CommandFailure(
        "\(settings.output): expected a folder, since the \(imported.datasets.count) splits were read "
          + "for one")
    }
    var imported = imported
    settings.validation?.make(in: &imported)
    var account = begin(imported)
    if settings.onError == .stop, account.status == .findings { return stopped() }
    guard account.hasRead else { return nothingRead() }
    var writer = settings.writer
    writer.leavesOut = settings.onError != .stop
    let written: WrittenSet
    do {
      written = try await writer.write(imported, to: settings.output)
    } catch let refused as UnwritableRecords {
      account.take(refused.imported)
      return stopped()
    }
    account.take(written.imported)
    try close(account, written.losses)
    printStart(written.imported)
    // Freeing a million records would take a while, and the system does it at once.
    withExtendedLifetime((imported, written)) { Ending.exit(account.status) }
  }

  /// Prints the line that starts a training.
  private func printStart(_ imported: Imported) {
    guard let layout = settings.writer.layout else { return }
    let set = LaidOutSet(settings.output, imported.datasets, settings.writer.options)
    if !set.hasValidation, settings.validation == nil {
      Terminal.message("note: the set has no validation split; --val 0.1 creates one")
    }
    Terminal.message("start \(layout.trainer) with:\n  \(layout.startLine(set))")
  }

  private func stopped() -> ExitStatus {
    Terminal.message("nothing was written, because --on-error is stop and there are errors")
    return .findings
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
