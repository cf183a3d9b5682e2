public import Datasets
import Formats

/// A verb that reads datasets, with the options for their interpretation.
///
/// Each group is in the verb itself: in a debug build the parser checks a group inside another one
/// several times.
public protocol DatasetVerb: ConfigurableVerb {
  var input: InputOptions { get }
  var source: SourceOptions { get }
  var categories: CategoryOptions { get }
  var formats: FormatOptions { get }
}

extension DatasetVerb {
  /// The paths of the inputs.
  public var inputPaths: [String] { input.paths }

  /// Returns a reader with these options that reports its decisions on standard error.
  ///
  /// - Throws: A `CommandFailure` if the user's list of categories cannot be read.
  public func reader() throws -> DatasetReader {
    var reader = DatasetReader()
    reader.format = source.format.format
    reader.options.imagesFolder = source.images
    reader.options.exif = source.exif
    reader.options.vocPixels = formats.vocPixels ?? .asWritten
    reader.options.difficult = formats.difficult
    reader.options.csvUnits = formats.csvUnits
    reader.options.csvColumns = formats.csvColumns?.byRole ?? [:]
    reader.options.maskValues = formats.masks
    reader.options.cocoTasks = formats.tasks?.tasks
    reader.categories = try categories.policy()
    reader.workers = .atTerminal(threads: input.threads)
    reader.note = { Terminal.message($0) }
    return reader
  }
}
