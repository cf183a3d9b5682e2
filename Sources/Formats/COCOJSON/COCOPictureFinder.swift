import COCO
import Files

/// Finds the pictures of a COCO file: in the folder that the user names, in those that COCO's, Roboflow's
/// and FiftyOne's layouts use, else anywhere below the input.
struct COCOPictureFinder: Sendable {
  /// Names of folders of pictures.
  private static let names = [
    "images", "Images", "JPEGImages", "data", "imgs", "img", "image", "pictures", "photos",
  ]

  /// Whether pictures may lie in folders below.
  let isDeep: Bool
  private let locator: ImageLocator
  private let file: String

  /// The folder that file names are relative to.
  var folder: String { locator.folder }

  /// Returns nil where none of a sample of the images is found.
  ///
  /// - Parameters:
  ///   - path: the path of the COCO file.
  ///   - root: the folder that the user named, nil where that is the file.
  init?(_ images: [Image], beside path: String, below root: String?, _ options: ImportOptions) {
    file = path
    let names = Self.sample(of: images)
    let split = COCOSplitName.name(of: path)
    if let folder = options.imagesFolder {
      isDeep = true
      locator =
        Self.first(of: [folder, "\(folder)/\(split)"], with: names) ?? ImageLocator(folder)
      return
    }
    let folders = Self.folders(beside: path, split: split)
    if let found = Self.first(of: folders, with: names) {
      // Where some lie elsewhere, the folder of all is what names are relative to.
      let whole = names.contains { found.locate($0) == nil } ? root.map(ImageLocator.init) : nil
      let isBetter =
        whole.map { whole in
          names.count { whole.search($0, near: path) != nil }
            > names.count { found.locate($0) != nil }
        } ?? false
      (isDeep, locator) = isBetter ? (true, whole ?? found) : (false, found)
      return
    }
    let roots =
      folders.filter { Self.names.contains(Path.name(of: $0)) } + [root].compactMap(\.self)
    guard let found = Self.deep(in: roots, with: names, near: path) else { return nil }
    (isDeep, locator) = (true, found)
  }

  /// Returns the picture of this name; nil where there is none.
  func find(_ name: String) -> ImageLocator.Located? {
    isDeep ? locator.search(name, near: file) : locator.locate(name)
  }

  /// Returns a few names from all over the file: the first may be of a picture that is missing.
  private static func sample(of images: [Image]) -> [String] {
    let step = max(images.count / 16, 1)
    return stride(from: 0, to: images.count, by: step).prefix(16).map { images[$0].fileName }
  }

  /// Returns where the pictures of a file can lie, likeliest first: beside it, or beside its folder,
  /// in a folder of pictures, of its split, or of both.
  private static func folders(beside path: String, split: String) -> [String] {
    let here = Path.folder(of: path)
    let above = "\(here)/.."
    var folders = [here, "\(here)/images", "\(here)/\(split)", "\(here)/images/\(split)"]
    folders += ["\(above)/\(split)", "\(above)/images/\(split)", "\(above)/images", above]
    for base in [here, above] {
      folders += names.map { "\(base)/\($0)" } + names.map { "\(base)/\($0)/\(split)" }
    }
    if let word = SplitName.word(in: split) {
      folders += splitFolders(of: word, in: above) + splitFolders(of: word, in: "\(above)/images")
    }
    var seen: Set<String> = []
    return folders.map(Path.normalized).filter { seen.insert($0).inserted }
  }

  /// Returns the folders whose names tell the same split, as `train2017` and `custom_train` do.
  private static func splitFolders(of split: String, in folder: String) -> [String] {
    let entries = (try? Folder.entries(of: Path.normalized(folder))) ?? []
    let alike = entries.filter {
      $0.isFolder
        && SplitName.word(in: $0.name)?.prefix { $0.isLetter } == split.prefix { $0.isLetter }
    }
    return alike.map(\.name).sorted().map { "\(folder)/\($0)" }
  }

  /// Returns the first folder that holds a picture of these names by name, else by a name that can
  /// mean it.
  private static func first(of folders: [String], with names: [String]) -> ImageLocator? {
    let locators = folders.map { ImageLocator(Path.normalized($0)) }.filter(\.exists)
    return locators.first { locator in names.contains { locator.exactly($0) != nil } }
      ?? locators.first { locator in names.contains { locator.locate($0) != nil } }
  }

  /// Returns the first folder that holds most of these pictures anywhere below it.
  private static func deep(
    in folders: [String], with names: [String], near file: String
  ) -> ImageLocator? {
    folders.lazy.map { ImageLocator($0) }.filter(\.exists).first { locator in
      names.count { locator.search($0, near: file) != nil } * 2 >= names.count
    }
  }
}
