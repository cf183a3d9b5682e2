public import ArgumentParser
public import Importing

/// What the input is and where its pictures are.
struct SourceOptions: ParsableArguments {
  @Option(
    name: .customLong("from"),
    help: ArgumentHelp("The input's format; auto finds it out.", valueName: "format"))
  var format = InputFormat.auto

  @Option(
    help: ArgumentHelp(
      "Where the image files are, if not where the annotations say.", valueName: "folder"),
    completion: .directory)
  var images: String?

  @Option(
    help: ArgumentHelp(
      "Images with an EXIF orientation: their size as shown, as stored, or an error.",
      valueName: "size"))
  var exif = ImportOptions.EXIFPolicy.upright
}

/// The value of `--from`.
struct InputFormat: ExpressibleByArgument {
  static let auto = InputFormat(importer: nil)

  /// Nil where it is to be found out.
  let importer: (any Importer.Type)?

  private init(importer: (any Importer.Type)?) {
    self.importer = importer
  }

  init?(argument: String) {
    guard argument != Self.auto.defaultValueDescription else {
      self = .auto
      return
    }
    guard let importer = Importers.all.first(where: { $0.name == argument }) else { return nil }
    self.importer = importer
  }

  var defaultValueDescription: String { importer?.name ?? "auto" }
  static var allValueStrings: [String] { [auto.defaultValueDescription] + names }
  static var defaultCompletionKind: CompletionKind { .list(allValueStrings) }
  /// The formats that can be read.
  static var names: [String] { Importers.all.map { $0.name } }
}

extension ImportOptions.EXIFPolicy: ExpressibleByArgument {}
