import COCO
import Files

/// An image file below an input, with the role by its folders, and its place among the files of
/// that role.
struct RolePath: Sendable {
  let path: String
  let place: RolePlace
  let stem: String

  var role: FolderRole? { place.role }
  var isPNG: Bool { Path.ends(path, in: "png") }

  /// Returns all image files of an input.
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
    guard !images.contains(where: { [.masks, .classes, .pictures].contains($0.role) }),
      let own = FolderRole(Path.name(of: folder))
    else { return images }
    return images.map {
      $0.role == nil
        ? RolePath(path: $0.path, place: $0.place.inside(folder, own), stem: $0.stem) : $0
    }
  }

  /// Returns the image files among `files`, which lie below `root`.
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
  /// The role by its name, or that of a folder above it; nil if they show none.
  private(set) var role: FolderRole?
  /// The path of the folder that gives the role; nil if none does.
  private(set) var roleFolder: String?
  /// The folders from the input down to this one, without the one that gives the role.
  private(set) var folders: [String] = []
  /// The number of `folders` below the one that gives the role.
  private(set) var depth = 0

  /// Creates the place of the input itself.
  init(_ role: FolderRole? = nil) {
    self.role = role
  }

  /// Creates the place of a folder that is `root` or lies below it.
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

  /// Returns the same place if the input, `folder`, gives the role.
  func inside(_ folder: String, _ role: FolderRole) -> RolePlace {
    var place = self
    place.role = role
    place.roleFolder = folder
    place.depth = folders.count
    return place
  }

  /// The folders below the one that gives the role.
  var innerFolders: ArraySlice<String> { folders.suffix(depth) }

  /// The split that a folder's name shows.
  var split: String? {
    folders.lazy.compactMap { SplitName.split($0) }.first
  }
}

/// The separation of masks from images among the image files of the inputs.
enum ImageRoles {
  /// Separates masks from images. Masks are the files in folders for them, or else in folders for
  /// masks of classes; if there are none, files named as the mask of an image, then the PNG beside
  /// an image of the same name. With a given folder of images, every other PNG is a mask.
  static func sorted(
    _ inputs: [InputTree], imagesFolder: String?
  ) throws(FileError) -> (masks: [RolePath], pictures: [RolePath]) {
    let images = inputs.flatMap { RolePath.images(in: $0) }
    let instances = images.filter { $0.role == .masks }
    let masks = instances.isEmpty ? images.filter { $0.role == .classes } : instances
    if let imagesFolder {
      let tree = try InputTree(imagesFolder)
      let pictures = pictures(among: RolePath.images(tree.files, below: imagesFolder))
      let paths = Set(pictures.map { Path.normalized($0.path) })
      let others = images.filter { $0.isPNG && !paths.contains(Path.normalized($0.path)) }
      return (masks.isEmpty ? others : masks, pictures)
    }
    let pictures = pictures(among: images)
    return masks.isEmpty ? unnamed(pictures) : (masks, pictures)
  }

  private static func pictures(among images: [RolePath]) -> [RolePath] {
    let named = images.filter { $0.role == .pictures }
    return named.isEmpty ? images.filter { $0.role == nil } : named
  }

  private static func unnamed(_ images: [RolePath]) -> (masks: [RolePath], pictures: [RolePath]) {
    let isCandidate = images.contains { $0.isPNG && MaskSuffix.removed(from: $0.stem) != nil }
    let isMixed = images.contains(where: \.isPNG) && images.contains { !$0.isPNG }
    guard isCandidate || isMixed else { return ([], images) }
    let places = Set(
      images.flatMap { image in
        [image.stem, MaskSuffix.removedFromPicture(image.stem)].compactMap(\.self)
          .map { place(image, $0) }
      })
    var isMask = images.map { image in
      image.isPNG
        && MaskSuffix.removed(from: image.stem).map { places.contains(place(image, $0)) } ?? false
    }
    if !isMask.contains(true) {
      let others = Set(images.filter { !$0.isPNG }.map { place($0, $0.stem) })
      isMask = images.map { $0.isPNG && others.contains(place($0, $0.stem)) }
    }
    let masks = images.indices.filter { isMask[$0] }.map { images[$0] }
    return (masks, images.indices.filter { !isMask[$0] }.map { images[$0] })
  }

  private static func place(_ image: RolePath, _ stem: String) -> String {
    Path.join(Path.folder(of: image.path), stem)
  }
}
