import COCO
import Files

/// The pictures and the text files that lie in one folder.
struct YOLOFolder: Sendable {
  /// As the paths of its files begin.
  let path: String
  /// Paths in natural order.
  var pictures: [String] = []
  /// Paths in natural order.
  var texts: [String] = []
}

/// The folders that a set draws on: those below its inputs, and others once they are asked for.
struct YOLOFolders: Sendable {
  private var folders: [String: YOLOFolder] = [:]
  /// The keys of `folders` in the order of their first files.
  private var order: [String] = []
  /// Everything below these is known.
  private var roots: [String] = []
  /// Folders that were asked for one by one, found or not.
  private var asked: Set<String> = []

  init() {}

  /// Takes over all that lies below a folder.
  mutating func add(_ tree: InputTree) {
    let root = Path.normalized(tree.path)
    guard tree.isFolder, !isKnown(root) else { return }
    take(tree.files, skipping: Set(folders.keys))
    roots.append(root)
  }

  /// The files of the folder at `path`; nil where there are none.
  mutating func folder(_ path: String) -> YOLOFolder? {
    let key = Path.normalized(path)
    if let folder = folders[key] { return folder }
    guard !isKnown(key), asked.insert(key).inserted,
      let tree = try? InputTree(path, levels: 0), tree.isFolder
    else { return nil }
    take(tree.files, skipping: [])
    return folders[key]
  }

  /// The folders at and below `path` that hold pictures or text files.
  mutating func folders(below path: String) -> [YOLOFolder] {
    let key = Path.normalized(path)
    if !isKnown(key), let tree = try? InputTree(path) { add(tree) }
    return order.filter { Self.contains(key, $0) }.compactMap { folders[$0] }
  }

  private func isKnown(_ key: String) -> Bool {
    roots.contains { Self.contains($0, key) }
  }

  /// Whether `key` is `root` or lies below it.
  private static func contains(_ root: String, _ key: String) -> Bool {
    if root == "." { return !key.hasPrefix("/") && key != ".." && !key.hasPrefix("../") }
    return key == root || key.hasPrefix(root == "/" ? root : root + "/")
  }

  /// Sorts files into their folders; those that lie in one of the folders `known` are there already.
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

/// What a file can be in a YOLO set, by its ending.
enum YOLOFileKind {
  case picture, text, other

  init(_ path: String) {
    let isCommon = Path.ends(path, in: "jpg") || Path.ends(path, in: "png")
    self =
      Path.ends(path, in: "txt")
      ? .text : isCommon || ImageFiles.isImage(path) ? .picture : .other
  }
}
