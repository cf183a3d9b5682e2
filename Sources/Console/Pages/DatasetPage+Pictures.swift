public import Datasets
public import Formats
public import Reporting

extension DatasetPage {
  /// The most images on a page.
  private static let mostPictures = 240

  /// Adds small versions of the images that the page shows, as far as it has room for them.
  ///
  /// - Parameter imported: The import that knows the places of the datasets' image files.
  public mutating func addPictures(of imported: Imported, by maker: Thumbnails) async throws {
    var pictures = PagePictures()
    try await maker.make(
      of: wantedPictures(limit: Self.mostPictures), in: datasets, imported
    ) { image, thumbnail in
      switch thumbnail {
      case .jpeg(let bytes, let width, let height, let scale):
        let scale = PagePictures.Scale(x: scale.x, y: scale.y)
        pictures.set(.jpeg(bytes, width: width, height: height, scale: scale), of: image)
      case .unreadable(let reason): pictures.set(.unreadable(reason), of: image)
      }
    }
    self.pictures = pictures
  }
}

extension Thumbnails {
  /// Creates a maker of small images that are turned as `reader` reads them.
  public init(readBy reader: DatasetReader) {
    self.init()
    isUpright = reader.options.exif != .stored
    workers = reader.workers
  }
}
