public import ArgumentParser
public import COCO

/// The options for the part of a set that a run processes and for its partial results.
public struct PartialOptions: ParsableArguments, Sendable {
  /// The part of the images to process; nil for all.
  @Option(
    help: ArgumentHelp(
      "Use only the k-th of n parts of the images, the same ones on every machine.",
      valueName: "k/n"))
  public var shard: Shard?

  /// The file for partial results, or `-` for standard output; nil writes a report.
  @Option(
    help: ArgumentHelp(
      "Write partial results instead of a report, - for standard output; copra join turns those "
        + "of all parts into the result of one run.", valueName: "file"),
    completion: .file())
  public var partial: String?

  /// Creates the options for the parser to fill.
  public init() {}

  /// Throws a `ValidationError` for an empty path.
  public func validate() throws {
    if partial?.isEmpty == true { throw ValidationError("--partial is empty; expected a file") }
  }

  /// Throws a `ValidationError` for the first option of a report, if partial results are written
  /// instead.
  public func refuseReport(_ options: (name: String, isGiven: Bool)...) throws {
    guard partial != nil else { return }
    if let given = options.first(where: \.isGiven) {
      throw ValidationError(
        "\(given.name) belongs to a report, which copra join writes, not --partial")
    }
  }
}

extension Shard: ExpressibleByArgument {
  /// Creates the shard of a text `k/n`; nil for any other text.
  public init?(argument: String) {
    self.init(argument)
  }
}
