import COCO

/// The splits that folders belong to by the names in their paths: `images/train`, `valid/images`.
struct SplitNames: Sendable {
  private var byFolder: [String: String] = [:]

  /// Only the parts of the paths below `root` count.
  init(_ folders: [String], below root: String) {
    let depth = Path.normalized(root) == "." ? 0 : Self.parts(root).count
    for folder in folders {
      let parts = Self.parts(folder).dropFirst(depth)
      byFolder[folder] = parts.reversed().lazy.compactMap(Self.split).first
    }
  }

  /// How many splits there are.
  var count: Int { Set(byFolder.values).count }

  subscript(folder: String) -> String? { byFolder[folder] }

  private static func parts(_ path: String) -> [Substring] {
    Path.normalized(path).split(separator: "/")
  }

  /// `train`, `val` or `test` by their usual names; COCO's `train2017` stays itself.
  private static func split(_ part: Substring) -> String? {
    let name = part.lowercased()
    switch name {
    case "train", "training": return "train"
    case "val", "valid", "validation": return "val"
    case "test", "testing": return "test"
    default:
      let year = name.drop { $0.isLetter }
      guard year.count == 4, year.allSatisfy(\.isNumber) else { return nil }
      return ["train", "val", "test"].contains(name.dropLast(4)) ? name : nil
    }
  }
}
