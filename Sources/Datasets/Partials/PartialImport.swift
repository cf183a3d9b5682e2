public import COCO
public import Formats
public import Linting

/// The images of a shard of an import, with their records and everything reported while reading.
public struct PartialImport: Sendable {
  private let imported: Imported
  private let shard: Shard?
  /// The facts about the images, by dataset and image; empty if they were not examined.
  private let pictures: [[PictureFacts?]]

  /// Selects a part of an import.
  ///
  /// - Parameters:
  ///   - imported: The dataset that was read.
  ///   - shard: The shard; nil for all images of an input that is itself a part.
  ///   - pictures: The facts measured of each image.
  public init(_ imported: Imported, shard: Shard?, pictures: [[PictureFacts?]] = []) {
    self.imported = imported
    self.shard = shard
    self.pictures = pictures
  }

  /// Returns the header of partial results of a verb.
  public func header(verb: String, parameters: JSONObject) -> PartialHeader {
    var digest = PictureDigest()
    for image in imported.datasets.lazy.flatMap(\.images) {
      digest.add(imported.key(of: image))
    }
    return PartialHeader(
      verb: verb, parameters: parameters, pictures: digest, cover: shard.map { ShardCover($0) })
  }

  /// Writes the account of the import, and the records of the part.
  public func write(to writer: PartialWriter) throws {
    try writer.write(account: ImportAccount.json(imported))
    // Rules judge where the pictures were looked at.
    let sources = pictures.isEmpty ? nil : imported.sources
    var records = try PartialRecordsWriter(writer, placedIn: sources)
    for (number, dataset) in imported.datasets.enumerated() {
      let facts = pictures.indices.contains(number) ? pictures[number] : []
      try records.write(dataset, number: number) { image in
        shard?.contains(imported.key(of: image)) ?? true
      } facts: { image in
        facts.indices.contains(image) ? facts[image]?.json : nil
      }
      try records.endDataset()
    }
  }
}

extension PartialWriter {
  /// Writes the account of an import.
  func write(account: JSONObject) throws {
    try begin("account")
    var output = JSONOutput()
    output.append(.object(account))
    try append(output.bytes)
  }
}

extension Imported {
  /// Returns the key that decides the shard of an image: its id if the format has ids, or else its
  /// file.
  func key(of image: COCO.Image) -> String {
    format?.holdsAll == true || image.fileName.isEmpty ? String(image.id) : image.fileName
  }
}

extension Shard {
  /// Returns whether an image of what was read belongs to the shard.
  public func contains(_ image: COCO.Image, of imported: Imported) -> Bool {
    contains(imported.key(of: image))
  }
}
