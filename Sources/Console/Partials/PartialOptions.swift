public import ArgumentParser
public import COCO

/// Which part of a set a run is about, and where its partial results go.
public struct PartialOptions: ParsableArguments, Sendable {
  @Option(
    help: ArgumentHelp(
      "Take only the k-th of n parts of the images, the same ones on every machine.",
      valueName: "k/n"))
  public var shard: Shard?

  @Option(
    help: ArgumentHelp(
      "Write partial results in place of a report, - for standard output; copra join makes of those "
        + "of all parts what one run over everything gives.", valueName: "file"),
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
      throw ValidationError("\(given.name) is of a report, which copra join writes, not --partial")
    }
  }
}

extension Shard: ExpressibleByArgument {
  public init?(argument: String) {
    self.init(argument)
  }
}
