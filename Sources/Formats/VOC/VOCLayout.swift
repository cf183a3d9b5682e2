import COCO
import Files

/// The XML files of each split, and the places of their images.
struct VOCLayout: Sendable {
  /// A split with its XML files.
  struct Split: Sendable {
    var name: String?
    var files: [String]
    var pictures: [BarePicture] = []
  }

  /// An image that a list names and that has no XML file.
  struct BarePicture: Sendable {
    var path: String
    /// The row that names it.
    var origin: Origin
  }

  /// The folders that may hold the files of one folder's XML files, likeliest first.
  struct Folders: Sendable {
    var pictures: [ImageLocator] = []
    /// The folders with VOC's masks of objects; mostly none.
    var masks: [ImageLocator] = []
  }

  private(set) var splits: [Split] = []
  private let folders: [String: Folders]
  let stems: XMLStems

  init(_ inputs: [InputTree], options: ImportOptions, imported: inout Imported) {
    let files = inputs.flatMap { $0.files(endingIn: "xml") }
    for input in inputs { imported.reportUnreadable(in: input) }
    stems = XMLStems(of: files)
    folders = Self.folders(for: files, in: inputs, options: options)
    if options.ignoresSplits {
      splits = [Split(name: nil, files: files)]
      return
    }
    let lists = VOCLists(
      inputs.flatMap { VOCSplitList.lists(in: $0) }, files: files, folders: folders,
      readsOnce: !options.judgesRecords)
    splits =
      lists.isEmpty
      ? Self.splitsByFolder(of: files)
      : lists.splits(of: files, into: &imported)
  }

  func folders(for folder: String) -> Folders {
    folders[folder] ?? Folders()
  }

  private static func folders(
    for files: [String], in inputs: [InputTree], options: ImportOptions
  ) -> [String: Folders] {
    var known: [String: ImageLocator] = [:]
    func existing(_ paths: [String]) -> [ImageLocator] {
      var seen: Set<String> = []
      return paths.filter { seen.insert($0).inserted }.compactMap { path in
        let locator = known[path] ?? ImageLocator(path)
        known[path] = locator
        return locator.exists ? locator : nil
      }
    }
    // Where nothing else helps, anywhere below the inputs.
    let roots = options.imagesFolder == nil ? inputs.filter(\.isFolder).map(\.path) : []
    var folders: [String: Folders] = [:]
    for (position, file) in files.enumerated() {
      let folder = Path.folder(of: file)
      if folders[folder] != nil { continue }
      var pictures = existing(pictureFolders(for: folder, options: options) + roots)
      if options.imagesFolder == nil {
        let stems = files[position...].prefix(mostProbes).filter { Path.folder(of: $0) == folder }
          .map { Path.stem(of: $0) }
        pictures = likeliest(pictures, in: inputs, stems: stems)
      }
      folders[folder] = Folders(
        pictures: pictures,
        masks: existing(foldersBeside(folder, called: ["SegmentationObject"])))
    }
    return folders
  }

  /// Moves to the end the folders beside the inputs that have no image of these stems: they may be
  /// another set's, and an image is not missing there.
  private static func likeliest(
    _ folders: [ImageLocator], in inputs: [InputTree], stems: [String]
  ) -> [ImageLocator] {
    let roots = inputs.filter(\.isFolder).map { Path.normalized($0.path) }
    let strange = folders.filter { locator in
      let path = Path.normalized(locator.folder)
      let isInside = roots.contains { root in
        root == "."
          ? !path.hasPrefix("/") && !path.hasPrefix("..")
          : path == root || path.hasPrefix(root == "/" ? root : root + "/")
      }
      return !isInside && !stems.contains { locator.locate($0) != nil }
    }
    return folders.filter { locator in !strange.contains { $0 === locator } } + strange
  }

  /// The number of XML files examined to decide whether a folder has their images.
  private static let mostProbes = 64

  private static let pictureFolderNames = [
    "JPEGImages", "images", "Images", "imgs", "img", "image", "pictures", "photos",
  ]

  /// Returns the possible folders of images: the one that VOC or the tools use, also with the XML's
  /// subfolders below it, and the XML's own.
  private static func pictureFolders(for folder: String, options: ImportOptions) -> [String] {
    if let images = options.imagesFolder {
      return parts(above: folder).map { Path.normalized("\(images)/\($0.below)") }
    }
    return foldersBeside(folder, called: pictureFolderNames) + [folder]
  }

  /// Returns folders of these names beside `folder` or a folder that holds it, with and without
  /// what stands between the two.
  private static func foldersBeside(_ folder: String, called names: [String]) -> [String] {
    parts(above: folder).flatMap { part in
      names.flatMap { name in
        ["\(part.base)/../\(name)/\(part.below)", "\(part.base)/../\(name)"].map(Path.normalized)
      }
    }
  }

  /// Returns `folder` and the three above it, each with the rest of `folder` below it.
  private static func parts(above folder: String) -> [(base: String, below: String)] {
    var parts: [(base: String, below: String)] = []
    var base = folder
    var below: [String] = []
    while parts.count < 4 {
      parts.append((base, below.reversed().joined(separator: "/")))
      base = Path.normalized(base)
      let name = Path.name(of: base)
      guard name != ".", name != "..", name != "/", !name.isEmpty else { break }
      below.append(name)
      base = Path.folder(of: base)
    }
    return parts
  }

  /// Returns the splits by the folders' names, if they show several.
  private static func splitsByFolder(of files: [String]) -> [Split] {
    var filesByFolder: [(folder: String, files: [String])] = []
    for file in files {
      let folder = Path.folder(of: file)
      if filesByFolder.last?.folder != folder { filesByFolder.append((folder, [])) }
      filesByFolder[filesByFolder.count - 1].files.append(file)
    }
    let folders = filesByFolder.map(\.folder)
    let names = FolderSplits(folders, below: Path.common(of: folders) ?? ".")
    guard names.count > 1 else { return [Split(name: nil, files: files)] }
    var splits: [Split] = []
    for (folder, files) in filesByFolder {
      let name = names[folder] ?? "unlisted"
      if let same = splits.firstIndex(where: { $0.name == name }) {
        splits[same].files += files
      } else {
        splits.append(Split(name: name, files: files))
      }
    }
    return splits
  }
}

/// The lists of a set, as far as they make splits.
struct VOCLists {
  private let lists: [ResolvedSplitList]
  private let folders: [String: VOCLayout.Folders]
  private let readsOnce: Bool

  init(
    _ all: [VOCSplitList], files: [String], folders: [String: VOCLayout.Folders], readsOnce: Bool
  ) {
    self.folders = folders
    self.readsOnce = readsOnce
    guard !all.isEmpty else {
      lists = []
      return
    }
    let index = VOCFileIndex(files)
    let resolved = all.compactMap { list in
      let places = Self.pictureFolders(of: list, in: folders)
      return list.resolved(in: index) { Self.picture($0, in: places) }
    }
    // Lists of single classes say nothing that those of all classes do not say, and lists beside the
    // folders nothing that those of `ImageSets` do not.
    let whole = resolved.filter { !$0.isOfClass }
    let official = whole.filter(\.list.isInImageSets)
    lists = official.isEmpty ? (whole.isEmpty ? resolved : whole) : official
  }

  var isEmpty: Bool { lists.isEmpty }

  /// Returns the splits of the lists, and "unlisted" of the files that are in none.
  func splits(of files: [String], into imported: inout Imported) -> [VOCLayout.Split] {
    let kept = kept(into: &imported)
    var listed: Set<String> = []
    var splits: [VOCLayout.Split] = []
    var met: [String: Set<String>] = [:]
    for list in kept {
      let places = Self.pictureFolders(of: list.list, in: folders)
      var (members, pictures) = list.members(imported: &imported) { Self.picture($0, in: places) }
      // Each list of a class names all pictures of its split.
      members.removeAll { !met[list.split, default: []].insert($0).inserted }
      pictures.removeAll { !met[list.split, default: []].insert($0.path).inserted }
      listed.formUnion(members)
      if let same = splits.firstIndex(where: { $0.name == list.split }) {
        splits[same].files += members
        splits[same].pictures += pictures
      } else {
        splits.append(VOCLayout.Split(name: list.split, files: members, pictures: pictures))
      }
    }
    let unlisted = files.filter { !listed.contains($0) }
    if !unlisted.isEmpty {
      imported.notes.append(
        "\(unlisted.count) XML files are in no list; they become the split \"unlisted\"")
      splits.append(VOCLayout.Split(name: "unlisted", files: unlisted))
    }
    noteUnofficial(kept, into: &imported)
    return splits
  }

  /// Returns the lists without those that others make up, root by root.
  private func kept(into imported: inout Imported) -> [ResolvedSplitList] {
    if lists.contains(where: \.isOfClass) { return lists }
    var kept: [ResolvedSplitList] = []
    var roots: [String] = []
    for list in lists where !roots.contains(list.list.root) { roots.append(list.list.root) }
    for root in roots {
      let own = lists.filter { $0.list.root == root }
      let parts = own.map {
        SplitOverlap.Part(name: $0.split, members: $0.members, path: $0.list.path)
      }
      let isKept = SplitOverlap.kept(parts, readsOnce: readsOnce, into: &imported)
      kept += zip(own, isKept).filter(\.1).map(\.0)
    }
    return kept
  }

  /// Returns the possible folders of the images of a list's XML files.
  private static func pictureFolders(
    of list: VOCSplitList, in folders: [String: VOCLayout.Folders]
  ) -> [ImageLocator] {
    let inside = folders.keys.sorted().filter {
      list.root == "." || $0 == list.root || $0.hasPrefix(list.root + "/")
    }
    return inside.flatMap { folders[$0]?.pictures ?? [] }
  }

  /// Returns the image that a list calls `name`.
  private static func picture(_ name: String, in places: [ImageLocator]) -> String? {
    let name = Path.normalized(WrittenPath(name).text)
    return places.lazy.compactMap { $0.locate(name) }.first?.path
  }

  private func noteUnofficial(_ lists: [ResolvedSplitList], into imported: inout Imported) {
    let beside = lists.filter { !$0.list.isInImageSets }.map(\.list.path)
    if beside.isEmpty { return }
    imported.notes.append("splits are read from \(beside.joined(separator: ", "))")
  }
}
