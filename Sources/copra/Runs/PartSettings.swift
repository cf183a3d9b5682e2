import COCO
import Console
import Datasets
import Formats
import Linting

/// Which part of a set a run is about, and where its partial results go.
struct PartSettings {
  /// The pictures that are meant; nil for all.
  var shard: Shard?
  /// Where partial results go; nil for the verb's own output.
  var partial: PartialOutput?

  /// The part of all pictures.
  init() {}

  init(_ options: PartialOptions, replaces: Bool) {
    shard = options.shard
    partial = options.partial.map { PartialOutput($0, replaces: replaces) }
  }

  /// Writes partial results, where these are asked for; says whether they were.
  ///
  /// - Parameter pictures: what is known of the pictures, by dataset and image.
  func write(
    _ imported: Imported, verb: String, inputs: [String], pictures: [[PictureFacts?]] = []
  ) throws -> Bool {
    guard let partial else { return false }
    let part = PartialImport(imported, shard: shard, pictures: pictures)
    let header = part.header(
      verb: verb, parameters: try Invocation(for: inputs, isDivided: shard != nil).json)
    try partial.write(header) { try part.write(to: $0) }
    return true
  }
}
