import Console
import Datasets
import Files
import Formats
import Reporting

/// What `copra stats` counts, and where its report goes.
struct StatisticsSettings {
  var inputs: [String]
  var reader: DatasetReader
  var reporter: any StatisticsReporter.Type
  /// A file; nil for standard output.
  var output: String?
  /// Whether an output that exists is replaced.
  var replaces = false
  /// The pictures that are counted, and where partial results go.
  var part = PartSettings()
}

/// One run of `copra stats`: read, count, report.
struct StatisticsRun {
  let settings: StatisticsSettings

  func run() async throws -> ExitStatus {
    let guardian = OverwriteGuard(replaces: settings.replaces)
    if let output = settings.output { try guardian.check([output], inputs: settings.inputs) }
    try settings.part.partial?.refuseEarly(inputs: settings.inputs)
    let imported = try await settings.reader.read(settings.inputs)
    if try settings.part.write(imported, verb: "stats", inputs: settings.inputs) { return .clean }
    return try finish(settings.part.shard.map(imported.part) ?? imported)
  }

  /// Reports what was read.
  func finish(_ imported: Imported) throws -> ExitStatus {
    let guardian = OverwriteGuard(replaces: settings.replaces)
    let account = ConversionAccount(imported)
    account.printFindings()
    guard account.hasRead else {
      Terminal.message("nothing was counted, because nothing could be read")
      return .findings
    }
    var options = StatisticsReportOptions()
    options.title = DatasetPage.title(of: settings.inputs)
    let text = settings.reporter.init(options).report(Statistics(imported.datasets))
    if let output = settings.output {
      try guardian.check([output], inputs: imported.sources.paths)
      try Folder.make(Path.folder(of: output))
      try OutputFile.write(Array(text.utf8), to: output)
      Terminal.message("wrote \(output)")
    } else {
      try Terminal.print(text)
    }
    // Freeing a million records would take a while, and the system does it at once.
    withExtendedLifetime(imported) { Ending.exit(account.status) }
  }
}
