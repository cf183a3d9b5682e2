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
  ) async throws -> Bool {
    guard let partial else { return false }
    let part = PartialImport(imported, shard: shard, pictures: pictures)
    let header = part.header(
      verb: verb, parameters: try Invocation(for: inputs, isDivided: shard != nil).json)
    try await partial.write(header) { try part.write(to: $0) }
    return true
  }

  /// Writes partial results of an input that can be read window by window, where they are asked for;
  /// says whether they were.
  ///
  /// - Parameter survey: looks at the pictures, where rules will judge them.
  func write(
    by reader: DatasetReader, verb: String, inputs: [String],
    surveyedBy survey: PictureSurvey? = nil
  ) async throws -> Bool {
    guard let partial, let stream = try await reader.stream(inputs) else { return false }
    var pictures: [PictureFacts?]?
    if let survey { pictures = try await survey.pictures(of: stream) ?? [] }
    let part = try await PartialStream(stream, shard: shard, pictures: pictures)
    let header = part.header(
      verb: verb, parameters: try Invocation(for: inputs, isDivided: shard != nil).json)
    try await partial.write(header) { try await part.write(to: $0) }
    return true
  }
}
