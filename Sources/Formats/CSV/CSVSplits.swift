import COCO
import Files

/// The splits that several tables stand for, by their names.
enum CSVSplits {
  private static let splits: Set<String> = [
    "train", "training", "val", "valid", "validation", "test", "testing", "trainval", "dev",
  ]
  /// Words around a split that say nothing.
  private static let fillers: Set<String> = [
    "label", "labels", "annotation", "annotations", "bbox", "bboxes", "box", "boxes", "instances",
    "csv", "gt", "data", "set", "boxable", "oidv4", "oidv5", "oidv6", "oidv7",
  ]

  /// The split of each file; nil for a file alone.
  ///
  /// It is the file's name, down to `train`, `val`, `test` where all else in it says nothing. Files
  /// of one name in different folders are told apart by these.
  static func names(of paths: [String]) -> [String?] {
    guard paths.count > 1 else { return paths.map { _ in nil } }
    var names = paths.map { name(of: Path.withoutExtension(Path.name(of: $0))) }
    for (name, indices) in Dictionary(grouping: names.indices, by: { names[$0] })
    where indices.count > 1 {
      let folders = folderNames(indices.map { paths[$0] }) ?? indices.map { _ in name }
      for (index, folder) in zip(indices, folders) { names[index] = folder }
    }
    return names
  }

  private static func name(of stem: String) -> String {
    let words = stem.lowercased().split { "_-. ".contains($0) }.map(String.init)
    let found = words.filter(splits.contains)
    guard found.count == 1, words.allSatisfy({ splits.contains($0) || fillers.contains($0) })
    else { return stem }
    return found[0]
  }

  /// The names of the nearest folders above the files that differ from each other.
  private static func folderNames(_ paths: [String]) -> [String]? {
    var folders = paths.map(Path.folder)
    for _ in 0..<3 {
      let names = folders.map(Path.name)
      if Set(names).count == names.count { return names }
      folders = folders.map(Path.folder)
    }
    return nil
  }
}
