import COCO
import Files
import Formats

/// Finds the picture files of what was imported.
struct PictureFiles {
  private let folders: [String?]
  private let locators: [ImageLocator?]
  private let deepFolders: Set<String>

  init(_ imported: Imported) {
    folders = imported.datasets.map { imported.imageFolders[$0.split ?? ""] }
    locators = folders.map { $0.map(ImageLocator.init) }
    deepFolders = imported.deepFolders
  }

  /// Returns the path of the file of an image, whose dataset has the place `dataset`; nil where there is
  /// none.
  func path(of image: Image, in dataset: Int) -> String? {
    guard let folder = folders[dataset], let locator = locators[dataset] else { return nil }
    let path = Path.join(folder, image.fileName)
    if FileStatus(path)?.isFile == true { return path }
    let isDeep = deepFolders.contains(folder)
    return (isDeep ? locator.search(image.fileName) : locator.locate(image.fileName))?.path
  }
}
