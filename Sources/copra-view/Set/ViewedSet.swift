import COCO
import Datasets
import Files
import Formats

/// How a set is shown.
struct ViewOptions: Sendable {
  var title = ""
  /// What the user named: files and folders.
  var inputs: [String] = []
  /// Whether pictures are turned as their EXIF orientation asks.
  var isUpright = true
}

/// A set as it was read, its pictures numbered from 0 over all splits. Nothing of it changes.
struct ViewedSet: Sendable {
  let imported: Imported
  let options: ViewOptions
  let categories: ViewedCategories
  private let files: PictureFiles
  private let folders: [String]
  /// The number of the first picture of each dataset, and of all pictures.
  private let firstPictures: [Int]
  /// Of each dataset.
  private let annotations: [AnnotationsByImage]

  init(_ imported: Imported, options: ViewOptions) {
    self.imported = imported
    self.options = options
    categories = ViewedCategories(imported.datasets)
    files = PictureFiles(imported)
    let named = options.inputs.map { FileStatus($0)?.isFolder == true ? $0 : Path.folder(of: $0) }
    folders = (named + imported.imageFolders.values).map { Path.real($0) ?? Path.normalized($0) }
    var first = [0]
    for dataset in imported.datasets { first.append((first.last ?? 0) + dataset.images.count) }
    firstPictures = first
    annotations = imported.datasets.map { dataset in
      AnnotationsByImage(
        dataset.annotations, of: IDIndex(dataset.images.map(\.id)),
        imageCount: dataset.images.count)
    }
  }

  /// The number of pictures.
  var count: Int { firstPictures.last ?? 0 }

  /// Returns the dataset that a picture is in and its index there; nil for a number that none has.
  func location(of picture: Int) -> (dataset: Int, index: Int)? {
    guard (0..<count).contains(picture),
      let dataset = firstPictures.lastIndex(where: { $0 <= picture }),
      dataset < imported.datasets.count
    else { return nil }
    return (dataset, picture - firstPictures[dataset])
  }

  /// Returns the number of the picture at an index of a dataset.
  func picture(_ index: Int, in dataset: Int) -> Int { firstPictures[dataset] + index }

  func image(_ picture: Int) -> COCO.Image? {
    location(of: picture).map { imported.datasets[$0.dataset].images[$0.index] }
  }

  /// Returns the indices of a picture's annotations in its dataset.
  func annotations(on picture: Int) -> ArraySlice<Int32> {
    guard let (dataset, index) = location(of: picture) else { return [] }
    return annotations[dataset][index]
  }

  /// Returns a picture's annotations among all of the set.
  func records(on picture: Int) -> [RecordReference] {
    guard let (dataset, _) = location(of: picture) else { return [] }
    return annotations(on: picture).map {
      RecordReference(.annotation, Int($0), dataset: dataset)
    }
  }

  /// Returns a picture's annotations, in their order.
  func objects(on picture: Int) -> [Annotation] {
    records(on: picture).map { imported.datasets[$0.dataset].annotations[$0.index] }
  }

  /// Returns the file of a picture, where the reader finds it.
  ///
  /// - Throws: `PictureRefusal` where there is none, and where its name leads out of the folders that the
  ///   user named and of those of the pictures. Links within these are followed.
  func path(of picture: Int) throws(PictureRefusal) -> String {
    guard let (dataset, index) = location(of: picture) else { throw .unknown }
    let image = imported.datasets[dataset].images[index]
    guard let path = files.path(of: image, in: dataset) else { throw .missing }
    guard Path.leadsOut(image.fileName) else { return path }
    let folder = Path.real(Path.folder(of: path)) ?? Path.normalized(path)
    guard folders.contains(where: { folder == $0 || folder.hasPrefix($0 + "/") }) else {
      throw .outside
    }
    return path
  }
}

/// Why the file of a picture is not shown.
enum PictureRefusal: Error, CustomStringConvertible {
  case unknown, missing, outside

  var description: String {
    switch self {
    case .unknown: "no image has this number"
    case .missing: "the image's file is missing"
    case .outside: "the image's name leads out of the set's folders"
    }
  }
}
