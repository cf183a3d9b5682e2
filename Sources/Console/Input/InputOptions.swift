public import ArgumentParser

/// The options for the inputs and the number of threads.
public struct InputOptions: ParsableArguments, Sendable {
  /// The paths of the inputs.
  @Argument(
    help: ArgumentHelp("Files or folders with annotations.", valueName: "input"),
    completion: .file())
  public var paths: [String]

  /// The number of threads; nil for one on each processor core.
  @Option(
    help: ArgumentHelp(
      "The number of threads to use; all cores if not given. The output does not depend on it.",
      valueName: "number"))
  public var threads: Int?

  /// Creates the options for the parser to fill.
  public init() {}

  /// Throws a `ValidationError` for a number of threads below 1 or an empty path.
  public func validate() throws {
    try CountOptions.check(("--threads", threads))
    if let empty = paths.firstIndex(of: "") {
      throw ValidationError("input \(empty + 1) is empty; expected the path of a file or folder")
    }
  }
}
