public import ArgumentParser
public import Formats

/// The options for the format of the input and the place of its images.
public struct SourceOptions: ParsableArguments, Sendable {
  /// The format of the input.
  @Option(
    name: .customLong("from"),
    help: ArgumentHelp("The input's format; auto detects it.", valueName: "format"))
  public var format = InputFormat.auto

  /// The folder of the image files; nil if the annotations give it.
  @Option(
    help: ArgumentHelp(
      "The folder of the image files, if they are not where the annotations say.",
      valueName: "folder"),
    completion: .directory)
  public var images: String?

  /// The size that images with an EXIF orientation have.
  @Option(
    help: ArgumentHelp(
      "Images with an EXIF orientation: their size as shown, as stored, or an error.",
      valueName: "size"))
  public var exif = ImportOptions.EXIFPolicy.upright

  /// Creates the options for the parser to fill.
  public init() {}
}

/// The value of `--from`.
public struct InputFormat: ExpressibleByArgument, Sendable {
  static let auto = InputFormat(format: nil)

  /// The format; nil if it is to be detected.
  public let format: Format?

  private init(format: Format?) {
    self.format = format
  }

  /// Creates the format of a name, or `auto`; nil if no readable format has it.
  public init?(argument: String) {
    guard argument != Self.auto.defaultValueDescription else {
      self = .auto
      return
    }
    guard let format = Format.readable.first(where: { $0.name == argument }) else { return nil }
    self.format = format
  }

  /// The name of the format, or `auto`.
  public var defaultValueDescription: String { format?.name ?? "auto" }
  /// The names that `--from` takes.
  public static var allValueStrings: [String] {
    [auto.defaultValueDescription] + Format.readable.map(\.name)
  }
  /// The completion of shells, by the names that `--from` takes.
  public static var defaultCompletionKind: CompletionKind { .list(allValueStrings) }
}

extension ImportOptions.EXIFPolicy: ExpressibleByArgument {}
