public import COCO
public import Files
public import Formats
import Images

/// A maker of small versions of images for people to look at, with several tasks.
public struct Thumbnails: Sendable {
  /// A small image, or the reason why there is none.
  public enum Thumbnail: Sendable {
    /// A JPEG file with its size in pixels, and its pixels for each pixel of the whole image.
    case jpeg([UInt8], width: Int, height: Int, scale: (x: Double, y: Double))
    /// The reason as a message.
    case unreadable(String)
  }

  /// The length of the longer side in pixels.
  public var side = 320
  /// The number of bytes after which no more images are made.
  public var mostBytes = 6_000_000
  /// Whether images are turned by their EXIF orientation.
  public var isUpright = true
  /// The workers that decode and encode.
  public var workers = Workers()

  /// The JPEG quality on libjpeg's scale.
  private static let quality = 78

  /// Creates a maker with the default size and limit.
  public init() {}

  /// Makes small images of records in `datasets`, in their order until the bytes are used; records
  /// without a file are skipped.
  ///
  /// - Parameters:
  ///   - images: The images to reduce.
  ///   - datasets: The datasets, one for each split.
  ///   - imported: The import that knows the places of the image files.
  ///   - consume: Receives each record with its small image.
  public func make(
    of images: [RecordReference], in datasets: [Dataset], _ imported: Imported,
    consume: (RecordReference, Thumbnail) -> Void
  ) async throws {
    let files = PictureFiles(imported)
    let paths = images.map { image in
      files.path(of: datasets[image.dataset].images[image.index], in: image.dataset)
    }
    let (side, isUpright) = (side, isUpright)
    var bytes = 0
    try await workers.tasks("pictures").run(images.count) { index in
      paths[index].map { Self.thumbnail($0, side: side, isUpright: isUpright) }
    } consume: { index, thumbnail in
      guard let thumbnail else { return true }
      if case .jpeg(let file, _, _, _) = thumbnail { bytes += file.count }
      guard bytes <= mostBytes else { return false }
      consume(images[index], thumbnail)
      return true
    }
  }

  private static func thumbnail(_ path: String, side: Int, isUpright: Bool) -> Thumbnail {
    do {
      let shown = try ShownPicture(path: path, isUpright: isUpright, within: (side, side))
      let bitmap = shown.bitmap
      return .jpeg(
        try bitmap.jpeg(quality: quality), width: bitmap.width, height: bitmap.height,
        scale: shown.scale)
    } catch {
      return .unreadable("\(error)")
    }
  }
}
