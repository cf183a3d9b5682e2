public import ArgumentParser
public import Datasets
import Formats

/// The inputs and how they are meant, for every verb that reads a dataset.
public struct InputOptions: ParsableArguments, Sendable {
  @Argument(
    help: ArgumentHelp("Files or folders with annotations.", valueName: "input"),
    completion: .file())
  public var paths: [String]

  @OptionGroup(title: "Input options") public var source: SourceOptions
  @OptionGroup(title: "Category options") public var categories: CategoryOptions
  @OptionGroup(title: "Format options") public var formats: FormatOptions

  @Option(
    help: ArgumentHelp(
      "How many threads work at a time; all cores if not given. The output is the same.",
      valueName: "number"))
  public var threads: Int?

  public init() {}

  public func validate() throws {
    try CountOptions.check(("--threads", threads))
    if let empty = paths.firstIndex(of: "") {
      throw ValidationError("input \(empty + 1) is empty; expected the path of a file or folder")
    }
  }

  /// Returns a reader that reads as the options say and tells of its decisions on standard error.
  ///
  /// - Throws: a `CommandFailure` where the user's list of categories cannot be read.
  public func reader() throws -> DatasetReader {
    var reader = DatasetReader()
    reader.format = source.format.format
    reader.options.imagesFolder = source.images
    reader.options.exif = source.exif
    reader.options.vocPixels = formats.vocPixels
    reader.options.difficult = formats.difficult
    reader.options.csvUnits = formats.csvUnits
    reader.options.csvColumns = formats.csvColumns?.byRole ?? [:]
    reader.categories = try categories.policy()
    reader.workers = .atTerminal(threads: threads)
    reader.note = { Terminal.message($0) }
    return reader
  }
}
