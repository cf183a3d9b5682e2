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
    if settings.part.partial == nil,
      let stream = try await settings.reader.stream(settings.inputs, shard: settings.part.shard)
    {
      return try await finish(stream)
    }
    if try await settings.part.write(
      by: settings.reader, verb: "stats", inputs: settings.inputs)
    {
      return .clean
    }
    let imported = try await settings.reader.read(settings.inputs)
    if try await settings.part.write(imported, verb: "stats", inputs: settings.inputs) {
      return .clean
    }
    return try finish(settings.part.shard.map(imported.part) ?? imported)
  }

  /// Counts what is read, window by window, and reports it.
  func finish(_ stream: any DatasetStream) async throws -> ExitStatus {
    var stream = stream
    let statistics = PartwiseStatistics(stream.frame)
    while let window = try await stream.next() { statistics.count(window) }
    let imported = stream.account
    guard let status = printAccount(of: imported) else { return .findings }
    try report(statistics.finish(), of: imported)
    return status
  }

  /// Prints what was found while reading; returns nil if nothing could be read.
  private func printAccount(of imported: Imported) -> ExitStatus? {
    let account = ConversionAccount(imported)
    account.printFindings()
    if account.hasRead { return account.status }
    Terminal.message("nothing was counted, because nothing could be read")
    return nil
  }

  /// Reports what was read.
  func finish(_ imported: Imported) throws -> ExitStatus {
    guard let status = printAccount(of: imported) else { return .findings }
    try report(Statistics(imported.datasets), of: imported)
    // Freeing a million records would take a while, and the system does it at once.
    withExtendedLifetime(imported) { Ending.exit(status) }
  }

  private func report(_ statistics: Statistics, of imported: Imported) throws {
    var options = StatisticsReportOptions()
    options.title = DatasetPage.title(of: settings.inputs)
    let text = settings.reporter.init(options).report(statistics)
    if let output = settings.output {
      try OverwriteGuard(replaces: settings.replaces)
        .check([output], inputs: imported.sources.paths)
      try Folder.make(Path.folder(of: output))
      try OutputFile.write(Array(text.utf8), to: output)
      Terminal.message("wrote \(output)")
    } else {
      try Terminal.print(text)
    }
  }
}
