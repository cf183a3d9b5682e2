public import COCO
import Files
import Formats
public import Linting

/// The images of a shard of a dataset that comes window by window, written as partial results in
/// bounded memory.
///
/// The bytes are those of `PartialImport`.
public struct PartialStream: Sendable {
  private let stream: any DatasetStream
  private let shard: Shard?
  /// The facts about the images; nil if rules do not judge them.
  private let pictures: [PictureFacts?]?
  private let account: Imported
  private let frame: ImportAccount.Frame
  private let digest: PictureDigest

  /// Goes through a dataset once for what concerns all of it.
  ///
  /// - Parameters:
  ///   - stream: The whole dataset.
  ///   - shard: The shard; nil for all images of an input that is itself a part.
  ///   - pictures: The facts measured of each image, empty if there are none; nil if the results
  ///     are not for rules.
  /// - Throws: The errors of the stream.
  public init(
    _ stream: any DatasetStream, shard: Shard?, pictures: [PictureFacts?]? = nil
  ) async throws {
    (self.stream, self.shard, self.pictures) = (stream, shard, pictures)
    let start = stream.account
    var stream = stream
    var (digest, read) = (PictureDigest(), RecordCounts())
    while let window = try await stream.next() {
      for image in window.images { digest.add(start.key(of: image)) }
      read += RecordCounts(images: window.images.count, annotations: window.annotations.count)
    }
    account = stream.account
    frame = ImportAccount.Frame(
      dataset: stream.frame, images: read.images, annotations: read.annotations)
    self.digest = digest
  }

  /// Returns the header of partial results of a verb.
  public func header(verb: String, parameters: JSONObject) -> PartialHeader {
    PartialHeader(
      verb: verb, parameters: parameters, pictures: digest, cover: shard.map { ShardCover($0) })
  }

  /// Writes the account of the dataset, and the records of the shard.
  public func write(to writer: PartialWriter) async throws {
    try writer.write(account: ImportAccount.json(account, [frame]))
    var records = try PartialRecordsWriter(
      writer, placedIn: pictures == nil ? nil : account.sources)
    var stream = stream
    var done = (images: 0, annotations: 0)
    while let window = try await stream.next() {
      try records.write(window, number: 0, after: done) { image in
        shard?.contains(account.key(of: image)) ?? true
      } facts: { image in
        guard let pictures, !pictures.isEmpty else { return nil }
        return pictures[done.images + image]?.json
      }
      done.images += window.images.count
      done.annotations += window.annotations.count
    }
    try records.endDataset()
  }
}
