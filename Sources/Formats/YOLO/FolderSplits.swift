import COCO
import Files

/// The splits that folders belong to by the names in their paths: `images/train`, `valid/images`.
struct FolderSplits: Sendable {
  private var byFolder: [String: String] = [:]

  /// Only the parts of the paths below `root` count.
  init(_ folders: [String], below root: String) {
    let depth = Path.normalized(root) == "." ? 0 : Self.parts(root).count
    for folder in folders {
      let parts = Self.parts(folder).dropFirst(depth)
      byFolder[folder] = parts.reversed().lazy.compactMap { SplitName.split($0) }.first
    }
  }

  /// How many splits there are.
  var count: Int { Set(byFolder.values).count }

  subscript(folder: String) -> String? { byFolder[folder] }

  private static func parts(_ path: String) -> [Substring] {
    Path.normalized(path).split(separator: "/")
  }
}
