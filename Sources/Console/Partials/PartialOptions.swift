public import ArgumentParser
public import COCO

/// Which part of a set a run is about, and where its partial results go.
public struct PartialOptions: ParsableArguments, Sendable {
  @Option(
    help: ArgumentHelp(
      "Use only the k-th of n parts of the images, the same ones on every machine.",
      valueName: "k/n"))
  public var shard: Shard?

  @Option(
    help: ArgumentHelp(
      "Write partial results instead of a report, - for standard output; copra join turns those "
        + "of all parts into the result of one run.", valueName: "file"),
    completion: .file())
  public var partial: String?

  public init() {}

  public func validate() throws {
    if partial?.isEmpty == true { throw ValidationError("--partial is empty; expected a file") }
  }

  /// Throws for the first option that says how a report is written, where none is.
  public func refuseReport(_ options: (name: String, isGiven: Bool)...) throws {
    guard partial != nil else { return }
    if let given = options.first(where: \.isGiven) {
      throw ValidationError(
        "\(given.name) belongs to a report, which copra join writes, not --partial")
    }
  }
}

extension Shard: ExpressibleByArgument {
  public init?(argument: String) {
    self.init(argument)
  }
}
