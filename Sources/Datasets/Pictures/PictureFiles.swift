public import COCO
import Files
public import Formats

/// The image files of an import.
public struct PictureFiles: Sendable {
  private let folders: [String?]
  private let locators: [ImageLocator?]
  private let deepFolders: Set<String>

  /// Creates the lookup of the files in the places that the import found.
  public init(_ imported: Imported) {
    folders = imported.datasets.map { imported.imageFolders[$0.split ?? ""] }
    locators = folders.map { $0.map(ImageLocator.init) }
    deepFolders = imported.deepFolders
  }

  /// Returns the path of the file of an image, whose dataset has the place `dataset`; nil if there
  /// is none.
  public func path(of image: COCO.Image, in dataset: Int) -> String? {
    guard let folder = folders[dataset], let locator = locators[dataset] else { return nil }
    let path = Path.join(folder, image.fileName)
    if FileStatus(path)?.isFile == true { return path }
    return locate(image, in: folder, locator)?.path
  }

  /// Returns the file of an image with its header, as above.
  func locate(_ image: Image, in dataset: Int) -> ImageLocator.Located? {
    guard let folder = folders[dataset], let locator = locators[dataset] else { return nil }
    return locate(image, in: folder, locator)
  }

  private func locate(
    _ image: Image, in folder: String, _ locator: ImageLocator
  ) -> ImageLocator.Located? {
    deepFolders.contains(folder) ? locator.search(image.fileName) : locator.locate(image.fileName)
  }
}
