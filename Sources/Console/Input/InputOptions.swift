public import ArgumentParser

/// The inputs, and how many threads work on them.
public struct InputOptions: ParsableArguments, Sendable {
  @Argument(
    help: ArgumentHelp("Files or folders with annotations.", valueName: "input"),
    completion: .file())
  public var paths: [String]

  @Option(
    help: ArgumentHelp(
      "The number of threads to use; all cores if not given. The output does not depend on it.",
      valueName: "number"))
  public var threads: Int?

  public init() {}

  public func validate() throws {
    try CountOptions.check(("--threads", threads))
    if let empty = paths.firstIndex(of: "") {
      throw ValidationError("input \(empty + 1) is empty; expected the path of a file or folder")
    }
  }
}
