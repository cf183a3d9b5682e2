import COCO
import Files

/// The pairing of images and label files: by folders such as `images` and `labels`, or side by
/// side, and there by stem.
struct YOLOPairing: Sendable {
  var folders: YOLOFolders
  private var shelves: [String: Shelf] = [:]
  private var shelfOrder: [String] = []
  /// The folders whose texts have been taken as labels.
  private var knownLabelFolders: Set<String> = []
  /// The label folder of each requested image folder.
  private var labelFolders: [String: String?] = [:]
  /// The stems of text files that occur at the places of labels and are none.
  private static let knownTexts: Set<String> = [
    "train", "val", "valid", "test", "trainval", "readme", "license", "readme.roboflow",
    "readme.dataset", "requirements", "predefined_classes", "labels",
  ]

  /// The label files of a folder, and those among them that have found their image.
  private struct Shelf: Sendable {
    var index: StemIndex
    var isUsed: [Bool]
    var pictureFolder: String
    var split: String?
    /// Whether a label without an image is a fault: not if lists define the set.
    var isWhole = false

    init(_ texts: [String], pictureFolder: String) {
      index = StemIndex(texts)
      isUsed = Array(repeating: false, count: index.paths.count)
      self.pictureFolder = pictureFolder
    }

    mutating func label(stem: String) -> (path: String, match: ImageLocator.Match)? {
      guard let (found, match) = index.find(stem: stem) else { return nil }
      isUsed[found] = true
      return (index.paths[found], match)
    }
  }

  init(_ folders: YOLOFolders) {
    self.folders = folders
  }

  /// Returns all images of a folder, each with its label.
  mutating func items(in folder: YOLOFolder, split: String?) -> [YOLOItem] {
    let key = labelFolder(for: folder.path)
    var shelf = key.flatMap { shelves.removeValue(forKey: $0) }
    if shelf?.isWhole == false {
      shelf?.isWhole = true
      shelf?.split = split
    }
    let items = folder.pictures.map { picture in
      guard let (label, match) = shelf?.label(stem: Path.stem(of: picture)) else {
        return YOLOItem(picture: picture)
      }
      return YOLOItem(picture: picture, label: label, match: match)
    }
    if let key, let shelf { shelves[key] = shelf }
    return items
  }

  /// Returns the label of one image, which need not exist.
  mutating func label(of picture: String) -> (path: String, match: ImageLocator.Match)? {
    guard let key = labelFolder(for: Path.folder(of: picture)) else { return nil }
    return shelves[key]?.label(stem: Path.stem(of: picture))
  }

  /// Declares that the files of a folder are labels of images in another, which need not exist.
  mutating func addLabels(_ folder: YOLOFolder, pictures: String, split: String?) {
    guard shelves[folder.path]?.isWhole != true else { return }
    if shelves[folder.path] == nil { open(folder, pictures: pictures) }
    shelves[folder.path]?.isWhole = true
    shelves[folder.path]?.split = split
  }

  /// Returns the labels of a known folder, each with its image among `pictures`; those that find
  /// none remain.
  mutating func items(
    ofLabelsIn folder: YOLOFolder, pictures: inout StemIndex, used: inout Set<Int>
  ) -> [YOLOItem] {
    guard var shelf = shelves.removeValue(forKey: folder.path) else { return [] }
    defer { shelves[folder.path] = shelf }
    return shelf.index.paths.indices.compactMap { position in
      let label = shelf.index.paths[position]
      guard let (found, match) = pictures.find(stem: Path.stem(of: label)) else { return nil }
      shelf.isUsed[position] = true
      used.insert(found)
      return YOLOItem(picture: pictures.paths[found], label: label, match: match)
    }
  }

  /// Returns whether the text files of the folder at `path` have been taken as labels.
  func isLabelFolder(_ path: String) -> Bool {
    shelves[path] != nil
  }

  /// Returns the labels that found no image, by split, and removes them. A file that may be
  /// something else by its name is no label unless it has one of the `known` stems, of images that
  /// lie elsewhere.
  mutating func takeRest(known: Set<String>) -> [(split: String?, item: YOLOItem)] {
    var rest: [(split: String?, item: YOLOItem)] = []
    for key in shelfOrder {
      guard let shelf = shelves[key], shelf.isWhole else { continue }
      for (position, label) in shelf.index.paths.enumerated() where !shelf.isUsed[position] {
        guard Self.isLabel(label) || known.contains(Path.stem(of: label)) else { continue }
        let expected = Path.join(shelf.pictureFolder, Path.stem(of: label) + ".jpg")
        rest.append((shelf.split, YOLOItem(label: label, expectedPicture: expected)))
      }
      shelves[key] = nil
    }
    shelfOrder = []
    return rest
  }

  /// Returns the folders with texts that have not been taken as labels.
  func unusedTexts() -> [YOLOFolder] {
    folders.all.filter { !$0.texts.isEmpty && !knownLabelFolders.contains($0.path) }
  }

  private mutating func open(_ folder: YOLOFolder, pictures: String) {
    knownLabelFolders.insert(folder.path)
    shelves[folder.path] = Shelf(folder.texts, pictureFolder: pictures)
    shelfOrder.append(folder.path)
  }

  /// Returns the folder of the labels of the images in `pictures`, by its path as in files.
  private mutating func labelFolder(for pictures: String) -> String? {
    if let known = labelFolders[pictures] { return known }
    var found: String?
    for candidate in candidates(for: pictures) {
      guard let folder = folders.folder(candidate), folder.texts.contains(where: Self.isLabel)
      else { continue }
      if shelves[folder.path] == nil { open(folder, pictures: pictures) }
      found = folder.path
      break
    }
    labelFolders[pictures] = .some(found)
    return found
  }

  private mutating func candidates(for pictures: String) -> [String] {
    var candidates = [Path.join(pictures, "labels"), pictures]
    if let swapped = YOLOLabelRule.swap("images", for: "labels", in: pictures) {
      candidates.insert(swapped, at: 0)
    }
    let beside = Path.normalized(Path.join(pictures, "../images"))
    if folders.folder(beside) == nil {
      candidates.append(Path.normalized(Path.join(pictures, "../labels")))
    }
    return candidates
  }

  /// Returns whether a text file's name is not one that stands for something else.
  static func isLabel(_ path: String) -> Bool {
    let stem = Path.stem(of: path).lowercased()
    return stem != "classes" && !knownTexts.contains(stem)
  }
}

/// An image with its label file, as far as both exist.
struct YOLOItem: Sendable {
  /// The image file; nil if there is none.
  var picture: String?
  var label: String?
  /// The way in which the image's name matches the written one or the label file's.
  var match = ImageLocator.Match.exact
  /// The name that was looked for, if another was found.
  var wanted: String?
  /// The expected path of a missing image.
  var expectedPicture: String?
  /// The row of the list that names the image.
  var listed: Origin?

  /// The path of the image, found or expected.
  var place: String? { picture ?? expectedPicture }

  /// The file that findings about the item as a whole point to.
  var source: String { label ?? picture ?? expectedPicture ?? "" }
}

/// The images of a split.
struct YOLOSplit: Sendable {
  var name: String?
  var items: [YOLOItem] = []
  /// The folders of its images.
  var folders: Set<String> = []
}

/// The files of a folder by their stems.
struct StemIndex: Sendable {
  let paths: [String]
  private var byStem: [String: Int]
  private var byKey: [String: Int]?

  init(_ paths: [String]) {
    self.paths = paths
    byStem = Dictionary(minimumCapacity: paths.count)
    for index in paths.indices.reversed() { byStem[Path.stem(of: paths[index])] = index }
  }

  /// Returns the first file of this stem, in any letter case or quoting if there is no exact match.
  mutating func find(stem: String) -> (index: Int, match: ImageLocator.Match)? {
    if let index = byStem[stem] { return (index, .exact) }
    let loose = byKey ?? stemsByKey()
    byKey = loose
    return loose[LooseName.key(stem)].map {
      ($0, ImageLocator.Match(of: stem, as: Path.stem(of: paths[$0])))
    }
  }

  /// Returns the file of this name; else one of this stem.
  mutating func find(name: String) -> (index: Int, match: ImageLocator.Match)? {
    guard let (index, match) = find(stem: Path.withoutExtension(name)) else { return nil }
    if match != .exact || Path.name(of: paths[index]) == name { return (index, match) }
    if let exact = paths.firstIndex(where: { Path.name(of: $0) == name }) { return (exact, .exact) }
    return (index, .stem)
  }

  private func stemsByKey() -> [String: Int] {
    Dictionary(byStem.map { (LooseName.key($0.key), $0.value) }, uniquingKeysWith: min)
  }
}
