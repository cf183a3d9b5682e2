import ArgumentParser
import COCO
import Importing
import Reporting

/// `copra stats`
struct StatsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats",
    abstract: "Count what a dataset holds: images, objects, sizes, shapes.",
    discussion: """
      Reads every format that convert reads.

      EXAMPLES
        copra stats instances.json
        copra stats VOCdevkit/VOC2012 --format json
        copra stats data.yaml --format html -o stats.html
      """)

  @OptionGroup var input: InputOptions

  @Option(help: "text, json, or html (one page with plots).")
  var format = "text"

  @Option(name: [.short, .long], help: "A file to write to.", completion: .file())
  var output: String?

  @Flag(help: "Replace an output that exists.")
  var force = false

  func validate() throws {
    guard StatisticsReporters.all.contains(where: { $0.name == format }) else {
      let names = StatisticsReporters.all.map { $0.name }.joined(separator: ", ")
      throw ValidationError("--format takes \(names); found \(format)")
    }
  }

  func run() async throws {
    await Ending.exit { try await report() }
  }

  private func report() async throws -> ExitCode? {
    guard let reporter = StatisticsReporters.all.first(where: { $0.name == format }) else {
      return nil
    }
    let imported = try await InputReader(options: input).read()
    let account = ConversionAccount(imported)
    account.printFindings()
    var options = StatisticsReportOptions()
    options.title = input.inputs.map { Path.name(of: $0) }.joined(separator: ", ")
    let text = reporter.init(options).report(Statistics(imported.datasets))
    guard let output else {
      try Terminal.print(text)
      return account.hasErrors ? ExitStatus.findings : nil
    }
    if !force, (try? InputFile(output)) != nil {
      throw CommandFailure("\(output) exists; --force replaces it")
    }
    let file = try OutputFile(output)
    try file.write(text)
    try file.commit()
    return account.hasErrors ? ExitStatus.findings : nil
  }
}
