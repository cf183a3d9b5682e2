import COCO
import Files

/// The images and the text files in one folder.
struct YOLOFolder: Sendable {
  /// The path with which the paths of its files begin.
  let path: String
  /// The paths of the images in natural order.
  var pictures: [String] = []
  /// The paths of the text files in natural order.
  var texts: [String] = []
}

/// The folders of a set: those below its inputs, and others once they are requested.
struct YOLOFolders: Sendable {
  private var folders: [String: YOLOFolder] = [:]
  /// The keys of `folders` in the order of their first files.
  private var order: [String] = []
  /// The folders below which everything is known.
  private var roots: [String] = []
  /// The folders that were requested one by one, found or not.
  private var asked: Set<String> = []

  init() {}

  /// Adds all that lies below a folder.
  mutating func add(_ tree: InputTree) {
    let root = Path.normalized(tree.path)
    guard tree.isFolder, !isKnown(root) else { return }
    take(tree.files, skipping: Set(folders.keys))
    roots.append(root)
  }

  /// Returns the files of the folder at `path`; nil if there are none.
  mutating func folder(_ path: String) -> YOLOFolder? {
    let key = Path.normalized(path)
    if let folder = folders[key] { return folder }
    guard !isKnown(key), asked.insert(key).inserted,
      let tree = try? InputTree(path, levels: 0), tree.isFolder
    else { return nil }
    take(tree.files, skipping: [])
    return folders[key]
  }

  /// Returns the folders at and below `path` that hold images or text files.
  mutating func folders(below path: String) -> [YOLOFolder] {
    let key = Path.normalized(path)
    if !isKnown(key), let tree = try? InputTree(path) { add(tree) }
    return order.filter { Self.contains(key, $0) }.compactMap { folders[$0] }
  }

  /// The known folders, in the order of their first files.
  var all: [YOLOFolder] { order.compactMap { folders[$0] } }

  private func isKnown(_ key: String) -> Bool {
    roots.contains { Self.contains($0, key) }
  }

  /// Returns whether `key` is `root` or lies below it.
  private static func contains(_ root: String, _ key: String) -> Bool {
    if root == "." { return !key.hasPrefix("/") && key != ".." && !key.hasPrefix("../") }
    return key == root || key.hasPrefix(root == "/" ? root : root + "/")
  }

  /// Sorts files into their folders; those in one of the folders `known` are already present.
  private mutating func take(_ files: [String], skipping known: Set<String>) {
    var prefix = ""
    var key = ""
    var current: YOLOFolder?
    for file in files {
      if current == nil || !Path.lies(file, directlyBelow: prefix) {
        if let current { folders[key] = current }
        let folder = Path.folder(of: file)
        prefix = Path.prefix(of: file)
        key = Path.normalized(folder)
        current = known.contains(key) ? nil : open(key, folder)
      }
      switch YOLOFileKind(file) {
      case .picture: current?.pictures.append(file)
      case .text: current?.texts.append(file)
      case .other: break
      }
    }
    if let current { folders[key] = current }
  }

  private mutating func open(_ key: String, _ path: String) -> YOLOFolder {
    if let folder = folders.removeValue(forKey: key) { return folder }
    order.append(key)
    return YOLOFolder(path: path)
  }
}

/// The kind of a file in a YOLO set, by its ending.
enum YOLOFileKind {
  case picture, text, other

  init(_ path: String) {
    let isCommon = Path.ends(path, in: "jpg") || Path.ends(path, in: "png")
    self =
      Path.ends(path, in: "txt")
      ? .text : isCommon || ImageFiles.isImage(path) ? .picture : .other
  }
}

/// The images of a folder that the user names, by the label folders that use them.
struct PicturesElsewhere: Sendable {
  private let root: String
  private let folders: [String: YOLOFolder]
  private var shelves: [String: Shelf] = [:]
  private var order: [String] = []

  /// The images among which label folders look for theirs.
  private struct Shelf: Sendable {
    var index: StemIndex
    var used: Set<Int> = []
    /// The split of each label folder.
    var splits: [String?] = []
  }

  init(_ root: String, _ known: inout YOLOFolders) {
    self.root = Path.normalized(root)
    let below = known.folders(below: root).filter { !$0.pictures.isEmpty }
    folders = Dictionary(uniqueKeysWithValues: below.map { (Path.normalized($0.path), $0) })
  }

  /// Returns the labels of a folder, each with its image; those without one are left to the
  /// pairing.
  mutating func items(
    for labels: YOLOFolder, split: String?, _ pairing: inout YOLOPairing
  ) -> [YOLOItem] {
    let key = candidates(for: labels.path).first { folders[$0] != nil } ?? ""
    if shelves[key] == nil {
      let all = folders.keys.sorted(by: NaturalOrder.precedes).compactMap { folders[$0] }
      shelves[key] = Shelf(index: StemIndex(folders[key]?.pictures ?? all.flatMap(\.pictures)))
      order.append(key)
    }
    guard var shelf = shelves.removeValue(forKey: key) else { return [] }
    shelf.splits.append(split)
    let items = pairing.items(ofLabelsIn: labels, pictures: &shelf.index, used: &shelf.used)
    shelves[key] = shelf
    return items
  }

  /// Returns the images without a label: background of the split whose labels lie beside theirs. If
  /// several splits share a folder, nothing shows to which they belong, and they are only counted.
  func rest() -> (items: [(split: String?, items: [YOLOItem])], unknown: Int) {
    var items: [(split: String?, items: [YOLOItem])] = []
    var unknown = 0
    for shelf in order.compactMap({ shelves[$0] }) {
      let unused = shelf.index.paths.indices.filter { !shelf.used.contains($0) }
      if shelf.splits.count == 1 {
        items.append((shelf.splits[0], unused.map { YOLOItem(picture: shelf.index.paths[$0]) }))
      } else {
        unknown += unused.count
      }
    }
    return (items, unknown)
  }

  /// Returns the possible folders of a label folder's images: for `labels/train` `train` and
  /// `images/train`; for `train/labels` `train` and `train/images`; otherwise the root.
  private func candidates(for labels: String) -> [String] {
    let parts = Path.normalized(labels).split(separator: "/")
    let place = parts.lastIndex { $0.lowercased() == "labels" }
    let below = place.map { parts[($0 + 1)...] } ?? parts.suffix(1)
    let above = place.map { parts[..<$0] } ?? []
    var endings: [String] = []
    for dropped in 0..<below.count {
      let ending = below.dropFirst(dropped).joined(separator: "/")
      endings += [ending, "images/" + ending, ending + "/images"]
    }
    if let last = above.last { endings += [String(last), last + "/images"] }
    return endings.map { Path.normalized(Path.join(root, $0)) }
      + [root, Path.normalized(Path.join(root, "images"))]
  }
}
