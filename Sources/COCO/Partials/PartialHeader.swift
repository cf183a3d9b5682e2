/// The header of partial results, written at the start of their file and compared when they are
/// joined.
public struct PartialHeader: Sendable, Equatable {
  /// The verb that made the results, for example `evaluate`.
  public var verb: String
  /// The parameters that the results depend on beside the records, by name.
  public var parameters: JSONObject
  /// The digest of the images of the whole set of which the results cover a part.
  public var pictures: PictureDigest
  /// The shards that the results cover; nil for all images of an input that is itself a part of the
  /// set.
  public var cover: ShardCover?

  /// Creates a header.
  public init(
    verb: String, parameters: JSONObject, pictures: PictureDigest, cover: ShardCover? = nil
  ) {
    self.verb = verb
    self.parameters = parameters
    self.pictures = pictures
    self.cover = cover
  }

  static let version = 1

  var json: JSONObject {
    var object: JSONObject = [
      "copra": "partial result", "version": .integer(Self.version), "verb": .string(verb),
      "parameters": .object(parameters), "pictures": .integer(pictures.count),
      "digest": .string(String(pictures.sum, radix: 16)),
    ]
    if let cover { object["shards"] = .array(cover.shards.map { .string("\($0)") }) }
    return object
  }

  /// Reads a header.
  ///
  /// - Throws: A `PartialFault` if it is not a header that this version reads.
  init(_ json: JSONObject) throws(PartialFault) {
    guard let version = json["version"]?.integer else { throw .notPartial }
    guard version == Self.version else { throw .version(version) }
    guard let verb = json["verb"]?.string, let parameters = json["parameters"]?.object,
      let count = json["pictures"]?.integer,
      let sum = json["digest"]?.string.flatMap({ UInt64($0, radix: 16) })
    else { throw .damaged }
    self.init(
      verb: verb, parameters: parameters, pictures: PictureDigest(count: count, sum: sum))
    guard let shards = json["shards"] else { return }
    let listed = shards.list?.compactMap { $0.string.flatMap { Shard($0) } } ?? []
    guard listed.count == shards.list?.count, let cover = ShardCover(listed) else {
      throw .damaged
    }
    self.cover = cover
  }
}

/// A digest of a set's images in any order: equal for equal sets, and almost never for two that
/// differ.
public struct PictureDigest: Sendable, Equatable {
  /// The number of images.
  public private(set) var count = 0
  fileprivate private(set) var sum: UInt64 = 0

  /// Creates the digest of no images.
  public init() {}

  fileprivate init(count: Int, sum: UInt64) {
    (self.count, self.sum) = (count, sum)
  }

  /// Adds the image of this id.
  public mutating func add(imageID: Int) { add(PictureHash.hash(imageID)) }

  /// Adds the image of this key.
  public mutating func add(_ key: String) { add(PictureHash.hash(key)) }

  /// Adds all images of another part of the set.
  public mutating func add(_ other: PictureDigest) {
    count += other.count
    sum &+= other.sum
  }

  private mutating func add(_ hash: UInt64) {
    count += 1
    sum &+= hash
  }
}

/// The reason why a file cannot be read as partial results.
public enum PartialFault: Error, Sendable, Equatable, CustomStringConvertible {
  case notPartial
  /// The file was written by another version of copra, in another form.
  case version(Int)
  /// The file ends too early.
  case cut
  /// The bytes are not those that were written.
  case damaged

  /// The reason as a message.
  public var description: String {
    switch self {
    case .notPartial: "expected partial results of copra, found something else"
    case .version(let version):
      "expected partial results of version \(PartialHeader.version), found version \(version)"
    case .cut: "the file is cut: its end is missing"
    case .damaged: "the file is damaged: its checksum differs"
    }
  }
}
