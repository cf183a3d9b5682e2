import COCO
import Files

/// An image with the files that hold its instances.
struct MaskedPicture: Sendable {
  /// A file of instances, and the class of its folder.
  struct Mask: Sendable {
    var path: String
    var label: String?
    /// The file that shows the classes of the same objects.
    var classPath: String?
  }

  /// The path of the image, found or expected.
  var path: String
  var isFound: Bool
  /// Whether the image's name differs from the mask's in letter case.
  var ignoresCase = false
  var split: String?
  var masks: [Mask]
}

/// The masks of the inputs, paired with their images.
struct MaskPairs {
  private(set) var pictures: [MaskedPicture] = []
  /// The images without a mask.
  private(set) var unmatched: [String] = []
  /// Whether the masks lie in folders for masks of classes.
  private(set) var areOfClasses = false

  /// Pairs the masks of inputs; throws a `FileError` if there is no folder `imagesFolder`.
  init(_ inputs: [InputTree], imagesFolder: String? = nil) throws(FileError) {
    let (masks, pictures) = try ImageRoles.sorted(inputs, imagesFolder: imagesFolder)
    guard !masks.isEmpty else {
      unmatched = pictures.map(\.path)
      return
    }
    areOfClasses = masks.allSatisfy { $0.role == .classes }
    let index = PictureIndex(pictures)
    let matches = masks.map { index.picture(of: $0) }
    var pairing = Pairing(
      expected: ExpectedPictures(like: pictures.first, in: imagesFolder),
      classMasks: areOfClasses ? ClassMasks() : ClassMasks(inputs))
    for (mask, match) in zip(masks, matches) {
      if let match { pairing.add(mask, match) }
    }
    for (mask, match) in zip(masks, matches) where match == nil { pairing.add(mask) }
    self.pictures = pairing.pictures
    let used = Set(matches.compactMap { $0?.index })
    unmatched = pictures.indices.filter { !used.contains($0) }.map { pictures[$0].path }
  }

  /// Moves each image to the split that `split` returns for its position.
  mutating func setSplits(_ split: (Int) -> String) {
    for index in pictures.indices { pictures[index].split = split(index) }
  }

  /// Whether masks of classes lie in a folder for them, as with VOC.
  var haveClassFolders: Bool {
    areOfClasses || pictures.contains { $0.masks.contains { $0.classPath != nil } }
  }

  /// The classes that folders of masks name, each once, in the order of their names.
  var labels: [String] {
    Set(pictures.flatMap(\.masks).compactMap(\.label)).sorted()
  }
}

/// Joins the masks of one image if their folders give the class; two masks without a class are two
/// versions of the image.
private struct Pairing {
  private(set) var pictures: [MaskedPicture] = []
  private var labels: Set<String> = []
  private var positions: [String: Int] = [:]
  private let expected: ExpectedPictures
  private let classMasks: ClassMasks

  init(expected: ExpectedPictures, classMasks: ClassMasks) {
    self.expected = expected
    self.classMasks = classMasks
  }

  mutating func add(_ mask: RolePath, _ match: PictureIndex.Match) {
    let others = Set(match.picture.place.folders)
    let label = mask.place.innerFolders.last { !others.contains($0) && SplitName.split($0) == nil }
    if let label { labels.insert(label) }
    add(
      mask, label,
      MaskedPicture(
        path: match.picture.path, isFound: true, ignoresCase: match.ignoresCase,
        split: mask.place.split ?? match.picture.place.split, masks: []))
  }

  /// Adds a mask without an image, after all others, whose classes are known by then.
  mutating func add(_ mask: RolePath) {
    let label = mask.place.innerFolders.last { labels.contains($0) }
    add(
      mask, label,
      MaskedPicture(
        path: expected.path(for: mask, label: label), isFound: false, split: mask.place.split,
        masks: []))
  }

  private mutating func add(_ mask: RolePath, _ label: String?, _ picture: MaskedPicture) {
    let file = MaskedPicture.Mask(
      path: mask.path, label: label, classPath: classMasks.path(beside: mask))
    if let position = positions[picture.path], label != nil {
      pictures[position].masks.append(file)
      return
    }
    if label != nil { positions[picture.path] = pictures.count }
    pictures.append(picture)
    pictures[pictures.count - 1].masks = [file]
  }
}

/// The masks of classes that lie beside masks of instances, as VOC's `SegmentationClass` does.
private struct ClassMasks {
  private var paths: [[String]: String] = [:]

  init(_ inputs: [InputTree] = []) {
    for image in inputs.flatMap({ RolePath.images(in: $0) }) where image.role == .classes {
      paths[Self.key(of: image)] = image.path
    }
  }

  /// Returns the mask of the same name and place in the folder for classes.
  func path(beside mask: RolePath) -> String? {
    paths.isEmpty ? nil : paths[Self.key(of: mask)]
  }

  private static func key(of image: RolePath) -> [String] { image.place.folders + [image.stem] }
}

/// The expected paths of missing images.
private struct ExpectedPictures {
  private let folder: String?
  private let roleName: String
  private let ending: String

  /// Creates expected images that are named like `example`, below `folder` if that is given.
  init(like example: RolePath?, in folder: String?) {
    self.folder = folder
    roleName = (example?.place.roleFolder).map { Path.name(of: $0) } ?? "images"
    let name = example.map { Path.name(of: $0.path) }
    let ending = name.map { $0.dropFirst(Path.withoutExtension($0).count) } ?? ""
    self.ending = ending.isEmpty ? ".jpg" : String(ending)
  }

  func path(for mask: RolePath, label: String?) -> String {
    let stem = MaskSuffix.removed(from: mask.stem) ?? mask.stem
    let folders = mask.place.innerFolders.filter { $0 != label }
    let root =
      folder ?? mask.place.roleFolder.map { Path.join(Path.folder(of: $0), roleName) }
      ?? Path.folder(of: mask.path)
    return (folders + [stem + ending]).reduce(root) { Path.join($0, $1) }
  }
}

/// An index of images that finds the one of a mask by places and names.
struct PictureIndex {
  /// The image found, and whether its name differs in letter case.
  struct Match {
    let picture: RolePath
    let index: Int
    let ignoresCase: Bool
  }

  private let pictures: [RolePath]
  private var names = Names()
  private var lowercaseNames = Names()

  init(_ pictures: [RolePath]) {
    self.pictures = pictures
    for (index, picture) in pictures.enumerated() { add(picture.stem, of: picture, index) }
    // A picture's whole name comes before another's name without a suffix.
    for (index, picture) in pictures.enumerated() {
      if let stem = MaskSuffix.removedFromPicture(picture.stem) { add(stem, of: picture, index) }
    }
  }

  private mutating func add(_ stem: String, of picture: RolePath, _ index: Int) {
    names.add(stem, in: picture.place.folders, index)
    lowercaseNames.add(stem.lowercased(), in: picture.place.folders.map { $0.lowercased() }, index)
  }

  /// Returns the image of `mask`: at the same place below its own folder, at that place without a
  /// folder that is the mask's class, or anywhere if only one has that name.
  func picture(of mask: RolePath) -> Match? {
    let stems = [mask.stem, MaskSuffix.removed(from: mask.stem)].compactMap(\.self)
    if let index = find(stems, mask.place.folders, mask, in: names) {
      return Match(picture: pictures[index], index: index, ignoresCase: false)
    }
    let folders = mask.place.folders.map { $0.lowercased() }
    guard let index = find(stems.map { $0.lowercased() }, folders, mask, in: lowercaseNames) else {
      return nil
    }
    return Match(picture: pictures[index], index: index, ignoresCase: true)
  }

  private func find(
    _ stems: [String], _ folders: [String], _ mask: RolePath, in names: Names
  ) -> Int? {
    var places = [folders]
    if mask.place.depth > 0 { places.append(folders.dropLast()) }
    if mask.place.depth > 1 {
      var outer = folders
      outer.remove(at: folders.count - mask.place.depth)
      places.append(outer)
    }
    for stem in stems {
      for place in places {
        if let index = names.index(of: stem, in: place) { return index }
      }
    }
    for stem in stems {
      guard let index = names.onlyIndex(of: stem) else { continue }
      if let split = mask.place.split, let other = pictures[index].place.split, split != other {
        continue
      }
      return index
    }
    return nil
  }
}

/// The images by place and by stem.
private struct Names {
  private var byPlace: [String: Int] = [:]
  /// The place of the image with a stem; -1 if several have it.
  private var byStem: [String: Int] = [:]

  mutating func add(_ stem: String, in folders: [String], _ index: Int) {
    let place = place(stem, folders)
    if byPlace[place] == nil { byPlace[place] = index }
    byStem[stem] = byStem[stem] == nil ? index : -1
  }

  func index(of stem: String, in folders: [String]) -> Int? {
    byPlace[place(stem, folders)]
  }

  func onlyIndex(of stem: String) -> Int? {
    byStem[stem].flatMap { $0 >= 0 ? $0 : nil }
  }

  private func place(_ stem: String, _ folders: [String]) -> String {
    (folders + [stem]).joined(separator: "/")
  }
}
