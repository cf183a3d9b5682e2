import COCO
import Files

/// The split in a COCO file's name: `instances_train2017.json` is `train2017`.
enum COCOSplitName {
  /// Returns the splits of several files, no two of one name: files of the same name in several
  /// folders get the folders' names.
  static func names(of paths: [String]) -> [String] {
    let folders = FolderSplits(
      paths.map(Path.folder), below: Path.common(of: paths.map(Path.folder)) ?? ".")
    var names = paths.map { name(of: $0) }
    // A file in a folder of a split is that split's, whatever it is called.
    for (index, path) in paths.enumerated() where SplitName.word(in: names[index]) == nil {
      names[index] = folders[Path.folder(of: path)] ?? names[index]
    }
    let given = names.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    for (index, path) in paths.enumerated() where given[names[index], default: 0] > 1 {
      names[index] = name(of: path)
    }
    let counts = names.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    var taken: Set<String> = []
    return zip(paths, names).map { path, name in
      let folder = Path.name(of: Path.folder(of: path))
      let isAlone = counts[name, default: 0] < 2 || folder == name
      let base = isAlone ? name : "\(folder)_\(name)"
      var unique = base
      var number = 2
      while !taken.insert(unique).inserted {
        unique = "\(base)_\(number)"
        number += 1
      }
      return unique
    }
  }

  static func name(of path: String) -> String {
    let stem = Path.withoutExtension(Path.name(of: path))
    if let (_, split) = COCOTask.named(in: path) { return split }
    if stem == "_annotations.coco" { return Path.name(of: Path.folder(of: path)) }
    return stem
  }
}
