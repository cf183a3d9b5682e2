import COCO

/// An image file below an input: what its folders say it is, and where it stands among its like.
struct RolePath: Sendable {
  let path: String
  /// What the folders say; nil where they say nothing.
  private(set) var role: FolderRole?
  /// The folder that gives the role, by its path; nil where none does.
  private(set) var roleFolder: String?
  /// The folders between the input and the file, without the one that gives the role.
  let folders: [String]
  /// How many of `folders` stand below the one that gives the role.
  private(set) var depth = 0
  let stem: String

  /// `path` lies below `root`, or is it.
  init(_ path: String, below root: String) {
    self.path = path
    var parts = Self.parts(of: path, below: root)
    stem = Path.withoutExtension(parts.popLast() ?? Path.name(of: path))
    let roles = parts.map { FolderRole($0) }
    guard let last = roles.lastIndex(where: { $0 != nil }) else {
      folders = parts
      return
    }
    role = roles[last]
    // Masks of the class `mask` lie in `masks/mask`: the first of such folders is the one.
    var first = last
    while first > 0, role == .masks, roles[first - 1] == .masks { first -= 1 }
    roleFolder = parts[...first].reduce(root) { Path.join($0, $1) }
    parts.remove(at: first)
    folders = parts
    depth = parts.count - first
  }

  private static func parts(of path: String, below root: String) -> [String] {
    if path == root { return [Path.name(of: path)] }
    let below = path.hasPrefix(root) ? path.dropFirst(root.count) : path[...]
    return below.split(separator: "/").map(String.init)
  }

  /// The folders below the one that gives the role.
  var innerFolders: ArraySlice<String> { folders.suffix(depth) }

  /// The split that a folder's name says.
  var split: String? {
    folders.lazy.compactMap { SplitNames.split($0) }.first
  }

  var isPNG: Bool { Path.fileExtension(path) == "png" }

  /// All image files of an input.
  static func images(in tree: InputTree) -> [RolePath] {
    var images = tree.files.filter(ImageFiles.isImage).map { RolePath($0, below: tree.path) }
      .filter { !MaskSuffix.isOfAnotherKind($0.stem) }
    guard tree.isFolder else {
      for index in images.indices { images[index].role = images[index].isPNG ? .masks : .pictures }
      return images
    }
    // The input's own name counts where no name below it says more.
    let folder = Path.normalized(tree.path)
    guard !images.contains(where: { $0.role == .masks || $0.role == .pictures }),
      let own = FolderRole(Path.name(of: folder))
    else { return images }
    for index in images.indices where images[index].role == nil {
      images[index].role = own
      images[index].roleFolder = folder
      images[index].depth = images[index].folders.count
    }
    return images
  }
}
