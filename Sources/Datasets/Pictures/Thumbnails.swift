public import COCO
public import Files
public import Formats
import Images

/// Makes small pictures of images for people to look at, by several tasks.
public struct Thumbnails: Sendable {
  /// A small picture, or why there is none.
  public enum Thumbnail: Sendable {
    /// A JPEG file of so many pixels, with its pixels for each one of the whole picture.
    case jpeg([UInt8], width: Int, height: Int, scale: (x: Double, y: Double))
    /// The reason in words.
    case unreadable(String)
  }

  /// Pixels of the longer side.
  public var side = 320
  /// No more pictures are made once these many bytes are used.
  public var mostBytes = 6_000_000
  /// Whether pictures are turned as their EXIF orientation asks.
  public var isUpright = true
  public var workers = Workers()

  /// JPEG's, as libjpeg counts it.
  private static let quality = 78

  public init() {}

  /// Makes the pictures of images, which are known by their places in `datasets`, in their order until
  /// the bytes are used; images without a file are passed over.
  ///
  /// - Parameters:
  ///   - imported: where the pictures of the datasets are.
  ///   - consume: is given each image with its picture.
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
