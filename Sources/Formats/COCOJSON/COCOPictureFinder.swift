import COCO
import Files
import Images

/// A finder of the images of a COCO file: in the folder that the user names, in the one that the
/// file names, in those of COCO's, Roboflow's and FiftyOne's layouts, or else anywhere below the
/// input.
struct COCOPictureFinder: Sendable {
  /// The usual names of folders of images.
  private static let names = [
    "images", "Images", "JPEGImages", "data", "imgs", "img", "image", "pictures", "photos",
  ]

  /// Whether images may lie in subfolders.
  let isDeep: Bool
  private let locator: ImageLocator
  private let file: String

  /// The folder that file names are relative to.
  var folder: String { locator.folder }

  /// Finds the folder of the images; nil if none of a sample of them is found.
  ///
  /// - Parameters:
  ///   - sample: A few images from all over the file: the files of some may be missing.
  ///   - path: The path of the COCO file.
  ///   - noted: The folder of the images by the file itself, relative to its folder.
  ///   - root: The folder that the user named; nil if that is the file.
  init?(
    _ sample: [Image], beside path: String, noted: String?, below root: String?,
    _ options: ImportOptions
  ) {
    file = path
    let names = sample.map(\.fileName)
    let split = COCOSplitName.name(of: path)
    if let folder = options.imagesFolder {
      isDeep = true
      locator =
        Self.first(of: [folder, "\(folder)/\(split)"], with: names) ?? ImageLocator(folder)
      return
    }
    let own = noted.map { Path.normalized(Path.join(Path.folder(of: path), $0)) }
    let usual = [own].compactMap(\.self) + Self.usualFolders(beside: path, split: split)
    // Folders are listed for these.
    lazy var others = Self.otherFolders(beside: path, split: split)
    let found =
      Self.first(of: usual, with: names)
      ?? Self.first(of: others, with: names) { Self.hasSizes($0, of: sample) }
    let known = found.map { found in names.count { found.locate($0) != nil } } ?? 0
    if known < names.count, let whole = root.map(ImageLocator.init) {
      let all = names.count { whole.search($0, near: path) != nil }
      // A folder that holds all is surer than copies here and there; only where some lie elsewhere the
      // folder of everything is what names are relative to.
      if all > known {
        let holder = Self.holder(of: sample, below: whole, near: path, split: split, least: all)
        if let holder {
          (isDeep, locator) = (false, holder)
          return
        }
        if found != nil {
          (isDeep, locator) = (true, whole)
          return
        }
      }
    }
    if let found {
      (isDeep, locator) = (false, found)
      return
    }
    let roots =
      (usual + others).filter { Self.names.contains(Path.name(of: $0)) } + [root].compactMap(\.self)
    let deep = Self.deep(in: roots, with: names, near: path) { Self.hasSizes($0, of: sample) }
    guard let deep else { return nil }
    (isDeep, locator) = (true, deep)
  }

  /// Returns the image of this name; nil if there is none.
  func find(_ name: String) -> ImageLocator.Located? {
    isDeep ? locator.search(name, near: file) : locator.locate(name)
  }

  /// Returns whether a folder's images have the sizes that the file gives: those of another set may
  /// have the same names.
  private static func hasSizes(_ locator: ImageLocator, of images: [Image]) -> Bool {
    images.contains { image in
      guard case .success(let header)? = locator.search(image.fileName)?.header else {
        return false
      }
      let sizes = [
        [header.width, header.height], [header.uprightWidth, header.uprightHeight],
      ]
      return image.width <= 0 || image.height <= 0 || sizes.contains([image.width, image.height])
    }
  }

  /// Returns the folders of a file's images in COCO's and Roboflow's layouts: beside it, or beside
  /// its folder, in `images`, in a folder of its split, or in both.
  private static func usualFolders(beside path: String, split: String) -> [String] {
    let here = Path.folder(of: path)
    let above = "\(here)/.."
    var folders = [here, "\(here)/images", "\(here)/\(split)", "\(here)/images/\(split)"]
    folders += ["\(above)/\(split)", "\(above)/images/\(split)", "\(above)/images", above]
    return folders.map(Path.normalized)
  }

  /// Returns further folders in which they may lie: folders of other names, and of the same split
  /// by a word.
  private static func otherFolders(beside path: String, split: String) -> [String] {
    let here = Path.folder(of: path)
    let above = "\(here)/.."
    var folders: [String] = []
    for base in [here, above] {
      folders += names.map { "\(base)/\($0)" } + names.map { "\(base)/\($0)/\(split)" }
    }
    if let word = SplitName.word(in: split) {
      folders += splitFolders(of: word, in: above) + splitFolders(of: word, in: "\(above)/images")
    }
    var seen: Set<String> = []
    return folders.map(Path.normalized).filter { seen.insert($0).inserted }
  }

  /// Returns the folders whose names show the same split, as `train2017` and `custom_train` do.
  private static func splitFolders(of split: String, in folder: String) -> [String] {
    let entries = (try? Folder.entries(of: Path.normalized(folder))) ?? []
    let alike = entries.filter {
      $0.isFolder
        && SplitName.word(in: $0.name)?.prefix { $0.isLetter } == split.prefix { $0.isLetter }
    }
    return alike.map(\.name).sorted().map { "\(folder)/\($0)" }
  }

  /// Returns the first folder that holds an image of these names, by the exact name, or else by an
  /// equivalent one.
  private static func first(
    of folders: [String], with names: [String],
    where isMeant: (ImageLocator) -> Bool = { _ in true }
  ) -> ImageLocator? {
    let locators = folders.map { ImageLocator(Path.normalized($0)) }.filter(\.exists)
    return locators.first { locator in
      names.contains { locator.exactly($0) != nil } && isMeant(locator)
    }
      ?? locators.first { locator in
        names.contains { locator.locate($0) != nil } && isMeant(locator)
      }
  }

  /// Returns the folder that holds at least this number of the images under their names: that of
  /// the file's split before others, then the one nearest to the file.
  private static func holder(
    of images: [Image], below whole: ImageLocator, near file: String, split: String, least: Int
  ) -> ImageLocator? {
    let word = SplitName.word(in: split)
    let place = Path.normalized(file).split(separator: "/")
    let folders = whole.holders(of: images.map(\.fileName)).filter { $0.count >= least }
      .map(\.folder).filter { hasSizes(ImageLocator($0), of: images) }
    let likely = folders.likeliest { folder in
      let parts = folder.split(separator: "/")
      let isOfSplit = word != nil && SplitName.last(in: parts) == word
      return (isOfSplit ? 1 : 0, zip(place, parts).prefix { $0 == $1 }.count, -parts.count)
    }
    return likely.first.map { ImageLocator($0) }
  }

  /// Returns the first folder that holds most of these images at any depth.
  private static func deep(
    in folders: [String], with names: [String], near file: String,
    where isMeant: (ImageLocator) -> Bool
  ) -> ImageLocator? {
    folders.lazy.map { ImageLocator($0) }.filter(\.exists).first { locator in
      names.count { locator.search($0, near: file) != nil } * 2 >= names.count && isMeant(locator)
    }
  }
}
