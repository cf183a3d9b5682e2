public import COCO
public import Files
public import Formats
public import Images
public import Linting

/// A survey of the images of an import for the rules, which open no file.
public struct PictureSurvey: Sendable {
  private static let (decodedInChunk, undecodedInChunk) = (16, 512)

  /// The size that an image with an EXIF orientation has.
  public var exif = ImportOptions.EXIFPolicy.upright
  /// Whether only the images' headers are read.
  public var skipsDecoding = false
  /// The path of a file that keeps measurements for the next survey; nil keeps nothing.
  public var cache: String?
  /// The workers that read and measure.
  public var workers = Workers()
  /// The shard of images to examine; nil for all.
  public var shard: Shard?
  /// Receives a line for each part of the cache that cannot be used.
  public var note: @Sendable (String) -> Void = { _ in }

  /// Creates a survey that decodes all images and keeps no cache.
  public init() {}

  /// Returns the subject of the rules: all splits of `imported` with the facts about their images.
  ///
  /// - Throws: `DatasetError` for a cache that is another file, `FileError` for one that cannot be
  ///   read or written.
  public func subject(_ imported: Imported) async throws -> Subject {
    Self.subject(imported, pictures: try await pictures(of: imported))
  }

  /// Returns the subject of the rules with given facts about the images, by dataset and image.
  public static func subject(_ imported: Imported, pictures: [[PictureFacts?]]) -> Subject {
    let remainders = imported.datasets.indices.filter { !isSplit(imported.datasets[$0]) }
    return Subject(imported.datasets, pictures: pictures, remainders: Set(remainders))
  }

  /// Returns whether a dataset is a split of its own, for training or evaluation.
  static func isSplit(_ dataset: Dataset) -> Bool { SplitRank.rank(of: dataset.split) <= 1 }

  /// Returns the facts about each image, by dataset and image.
  public func pictures(of imported: Imported) async throws -> [[PictureFacts?]] {
    var cache = try PictureCache(self.cache, note: note)
    let files = PictureFiles(imported)
    var all: [[PictureFacts?]] = []
    for (place, dataset) in imported.datasets.enumerated() {
      guard let folder = imported.imageFolders[dataset.split ?? ""] else {
        all.append([])
        continue
      }
      let headers = imported.headers[dataset.split ?? ""] ?? []
      let seen = try await look(
        at: dataset.images, in: folder, headers, knowing: cache
      ) { [shard] in
        shard?.contains($0, of: imported) ?? true
      } locate: {
        files.locate($0, in: place)
      }
      all.append(seen.map(\.facts))
      for picture in seen { cache.keep(picture) }
    }
    try cache.write()
    return all
  }

  /// Examines images. Those whose headers cannot be read, which the reader has reported, get no
  /// facts.
  private func look(
    at images: [Image], in folder: String, _ headers: [ImageHeader?],
    knowing cache: PictureCache, belongs: @escaping @Sendable (Image) -> Bool,
    locate: @escaping @Sendable (Image) -> ImageLocator.Located?
  ) async throws -> [SeenPicture] {
    let size = skipsDecoding ? Self.undecodedInChunk : Self.decodedInChunk
    let chunks = (images.count + size - 1) / size
    var seen: [SeenPicture] = []
    seen.reserveCapacity(images.count)
    try await workers.tasks("pictures").run(chunks) { chunk in
      let measurer = skipsDecoding ? nil : ImageMeasurer()
      return images[(chunk * size)..<min((chunk + 1) * size, images.count)].map { image in
        guard belongs(image) else { return SeenPicture() }
        let index = image.id - 1
        if headers.indices.contains(index), let header = headers[index] {
          let path = Path.join(folder, image.fileName)
          return look(at: path, header, measurer, knowing: cache)
        }
        guard let located = locate(image), case .success(let header) = located.header else {
          return SeenPicture()
        }
        return look(at: located.path, header, measurer, knowing: cache)
      }
    } consume: { _, part in
      seen += part
      return true
    }
    return seen
  }

  private func look(
    at path: String, _ header: ImageHeader, _ measurer: ImageMeasurer?, knowing cache: PictureCache
  ) -> SeenPicture {
    var picture = SeenPicture()
    if let measurer {
      picture.measurement =
        cache.measurement(of: path) ?? (try? measurer.measure(path: path))
    }
    picture.facts = PictureFacts(
      header, path: path, isUpright: exif != .stored,
      content: picture.measurement.map { PictureFacts.Content($0) })
    return picture
  }
}

/// An examined image: the facts for rules, and the measurement for the cache.
struct SeenPicture: Sendable {
  var facts: PictureFacts?
  var measurement: ImageMeasurement?
}

extension ImageError {
  /// The kind of fault of an image that cannot be read for this reason.
  public var faultKind: FaultKind {
    switch self {
    case .notFound: .missingImageFile
    case .truncated: .truncatedImage
    case .corrupt: .corruptImage
    case .unreadable, .notAnImage, .unsupported, .tooLarge, .outOfMemory: .unreadableImage
    }
  }
}
