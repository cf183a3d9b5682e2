public import COCO
public import Files
public import Formats
public import Images
public import Linting

/// Looks at the pictures of what was imported, for the rules, which open no file.
public struct PictureSurvey: Sendable {
  private static let (decodedInChunk, undecodedInChunk) = (16, 512)

  /// Which size a picture with an EXIF orientation has.
  public var exif = ImportOptions.EXIFPolicy.upright
  /// Whether no more is read than the pictures' headers.
  public var skipsDecoding = false
  /// A file that keeps what was measured for the next survey; nil keeps nothing.
  public var cache: String?
  public var workers = Workers()
  /// The pictures that are looked at; nil for all.
  public var shard: Shard?
  /// Is told, a line at a time, of what in the cache cannot be used.
  public var note: @Sendable (String) -> Void = { _ in }

  public init() {}

  /// Returns what rules judge: all splits of `imported` with what is known of their pictures.
  ///
  /// - Throws: `DatasetError` for a cache that is another file, `FileError` for one that cannot be
  ///   read or written.
  public func subject(_ imported: Imported) async throws -> Subject {
    Self.subject(imported, pictures: try await pictures(of: imported))
  }

  /// Returns what rules judge, of whose pictures so much is known, by dataset and image.
  public static func subject(_ imported: Imported, pictures: [[PictureFacts?]]) -> Subject {
    let remainders = imported.datasets.indices.filter {
      SplitRank.rank(of: imported.datasets[$0].split) > 1
    }
    return Subject(imported.datasets, pictures: pictures, remainders: Set(remainders))
  }

  /// Returns what is known of each picture, by dataset and image.
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

  /// Pictures whose headers cannot be read, which the reader has reported, are without facts.
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

/// A picture that was looked at: what rules take of it, and what the cache keeps.
struct SeenPicture: Sendable {
  var facts: PictureFacts?
  var measurement: ImageMeasurement?
}

extension ImageError {
  /// The kind of fault that a picture has which cannot be read for this reason.
  public var faultKind: FaultKind {
    switch self {
    case .notFound: .missingImageFile
    case .truncated: .truncatedImage
    case .corrupt: .corruptImage
    case .unreadable, .notAnImage, .unsupported, .tooLarge, .outOfMemory: .unreadableImage
    }
  }
}
