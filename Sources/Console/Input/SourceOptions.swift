public import ArgumentParser
public import Formats

/// What the input is and where its pictures are.
public struct SourceOptions: ParsableArguments, Sendable {
  @Option(
    name: .customLong("from"),
    help: ArgumentHelp("The input's format; auto detects it.", valueName: "format"))
  public var format = InputFormat.auto

  @Option(
    help: ArgumentHelp(
      "The folder of the image files, if they are not where the annotations say.",
      valueName: "folder"),
    completion: .directory)
  public var images: String?

  @Option(
    help: ArgumentHelp(
      "Images with an EXIF orientation: their size as shown, as stored, or an error.",
      valueName: "size"))
  public var exif = ImportOptions.EXIFPolicy.upright

  public init() {}
}

/// The value of `--from`.
public struct InputFormat: ExpressibleByArgument, Sendable {
  static let auto = InputFormat(format: nil)

  /// Nil where it is to be found.
  public let format: Format?

  private init(format: Format?) {
    self.format = format
  }

  public init?(argument: String) {
    guard argument != Self.auto.defaultValueDescription else {
      self = .auto
      return
    }
    guard let format = Format.readable.first(where: { $0.name == argument }) else { return nil }
    self.format = format
  }

  public var defaultValueDescription: String { format?.name ?? "auto" }
  public static var allValueStrings: [String] {
    [auto.defaultValueDescription] + Format.readable.map(\.name)
  }
  public static var defaultCompletionKind: CompletionKind { .list(allValueStrings) }
}

extension ImportOptions.EXIFPolicy: ExpressibleByArgument {}
