import COCO
import Files

/// An image file below an input: what its folders say it is, and where it stands among its like.
struct RolePath: Sendable {
  let path: String
  let place: RolePlace
  let stem: String

  var role: FolderRole? { place.role }
  var isPNG: Bool { Path.ends(path, in: "png") }

  /// All image files of an input.
  static func images(in tree: InputTree) -> [RolePath] {
    let images = images(tree.files, below: tree.path)
    guard tree.isFolder else {
      return images.map {
        RolePath(
          path: $0.path, place: RolePlace($0.isPNG ? .masks : .pictures), stem: $0.stem)
      }
    }
    // The input's own name counts where no name below it says more.
    let folder = Path.normalized(tree.path)
    guard !images.contains(where: { $0.role == .masks || $0.role == .pictures }),
      let own = FolderRole(Path.name(of: folder))
    else { return images }
    return images.map {
      $0.role == nil
        ? RolePath(path: $0.path, place: $0.place.inside(folder, own), stem: $0.stem) : $0
    }
  }

  /// The image files among `files`, which lie below `root`.
  static func images(_ files: [String], below root: String) -> [RolePath] {
    var images: [RolePath] = []
    var folder = ""
    var place = RolePlace()
    for file in files where ImageFiles.isImage(file) {
      let stem = Path.withoutExtension(Path.name(of: file))
      if MaskSuffix.isOfAnotherKind(stem) { continue }
      // Files come folder by folder.
      let own = Path.folder(of: file)
      if own != folder || images.isEmpty {
        folder = own
        place = file == root ? RolePlace() : RolePlace(folder: own, below: root)
      }
      images.append(RolePath(path: file, place: place, stem: stem))
    }
    return images
  }
}

/// A folder of images below an input.
struct RolePlace: Sendable {
  /// What its name, or that of a folder above it, says of its images; nil where they say nothing.
  private(set) var role: FolderRole?
  /// The folder that gives the role, by its path; nil where none does.
  private(set) var roleFolder: String?
  /// The folders from the input down to this one, without the one that gives the role.
  private(set) var folders: [String] = []
  /// How many of `folders` stand below the one that gives the role.
  private(set) var depth = 0

  /// The input itself.
  init(_ role: FolderRole? = nil) {
    self.role = role
  }

  /// A folder that is `root` or lies below it.
  init(folder: String, below root: String) {
    let below = folder.hasPrefix(root) ? folder.dropFirst(root.count) : folder[...]
    folders = below.split(separator: "/").filter { $0 != "." }.map(String.init)
    let roles = folders.map { FolderRole($0) }
    guard let last = roles.lastIndex(where: { $0 != nil }) else { return }
    role = roles[last]
    // Masks of the class `mask` lie in `masks/mask`: the first of such folders is the one.
    var first = last
    while first > 0, role == .masks, roles[first - 1] == .masks { first -= 1 }
    roleFolder = folders[...first].reduce(root) { Path.join($0, $1) }
    folders.remove(at: first)
    depth = folders.count - first
  }

  /// The same place where the input, `folder`, gives the role.
  func inside(_ folder: String, _ role: FolderRole) -> RolePlace {
    var place = self
    place.role = role
    place.roleFolder = folder
    place.depth = folders.count
    return place
  }

  /// The folders below the one that gives the role.
  var innerFolders: ArraySlice<String> { folders.suffix(depth) }

  /// The split that a folder's name says.
  var split: String? {
    folders.lazy.compactMap { SplitName.split($0) }.first
  }
}
