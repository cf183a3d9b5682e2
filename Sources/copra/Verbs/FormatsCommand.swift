import ArgumentParser
import Console
import Formats
import Reporting

/// `copra formats`
struct FormatsCommand: Verb {
  static let configuration = CommandConfiguration(
    commandName: "formats",
    abstract: "List the annotation formats that are read and written.",
    discussion: """
      EXAMPLES
        copra formats
        copra formats yolo
        copra formats --format json
      """)

  enum ListFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json, markdown
  }

  @Argument(
    help: ArgumentHelp(
      "The names of formats to describe with their variants and options; all if none is given.",
      valueName: "name"))
  var names: [KnownFormat] = []

  @Option(
    name: .customLong("format"),
    help: ArgumentHelp(
      "A table, an object for each format, or the tables of the documentation.",
      valueName: "format"))
  var output = ListFormat.text

  func perform() async throws -> ExitStatus {
    let formats = (names.isEmpty ? Format.all : names.map(\.format)).map { FormatDescription($0) }
    switch output {
    case .text where names.isEmpty: try Terminal.print(TextFormatReporter().list(formats))
    case .text:
      let texts = formats.map { TextFormatReporter().description(of: $0) }
      try Terminal.print(texts.joined(separator: "\n"))
    case .json: try Terminal.print(JSONFormatReporter().list(formats))
    case .markdown: try Terminal.print(MarkdownFormatReporter().page(formats))
    }
    return .clean
  }
}

/// A format by its name, whether it is read or written.
struct KnownFormat: ExpressibleByArgument {
  let format: Format

  init?(argument: String) {
    guard let format = Format.named(argument) else { return nil }
    self.format = format
  }

  static var allValueStrings: [String] { Format.all.map(\.name) }
  static var defaultCompletionKind: CompletionKind { .list(allValueStrings) }
}

extension FormatDescription {
  /// Describes a format of the registry.
  init(_ format: Format) {
    let summary = format.summary
    self.init(
      name: format.name, title: summary.title,
      reads: format.importer == nil ? [] : summary.reads.map(\.rawValue),
      writes: format.exporter == nil ? [] : summary.writes.map(\.rawValue),
      sign: summary.sign, extensions: format.fileEndings.sorted(), variants: summary.variants,
      options: summary.options)
  }
}
