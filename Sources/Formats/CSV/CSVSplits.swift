import Files

/// The splits that several tables stand for, by their names.
enum CSVSplits {
  private static let splits: Set<String> = [
    "train", "training", "val", "valid", "validation", "test", "testing", "trainval", "dev",
  ]
  /// The words around a split that carry no information.
  private static let fillers: Set<String> = [
    "label", "labels", "annotation", "annotations", "bbox", "bboxes", "box", "boxes", "instances",
    "anno", "annos", "csv", "gt", "data", "set", "boxable", "oidv4", "oidv5", "oidv6", "oidv7",
  ]

  /// Returns whether a value of a column names a split.
  static func isSplit(_ value: String) -> Bool {
    splits.contains(value.lowercased()) || value.lowercased() == unassigned
  }

  /// The name of images without a split in Google's tables.
  private static let unassigned = "unassigned"

  /// Returns the split that a value of a column names, the usual ones in lower case.
  static func name(inColumn value: String) -> String {
    let plain = value.lowercased()
    return plain == unassigned ? "" : splits.contains(plain) ? plain : value
  }

  /// Returns the folders in which a table of this name has its images: for `train.csv` and
  /// `train_labels.csv` these are `train`, `train_images` and the like.
  static func folders(ofTable path: String) -> [String] {
    let stem = Path.withoutExtension(Path.name(of: path))
    var words = stem.split { "_-. ".contains($0) }.map(String.init)
    words.removeAll { fillers.contains($0.lowercased()) }
    let plain = words.joined(separator: "_")
    var folders = [stem]
    for name in [plain, plain.lowercased()] where !name.isEmpty {
      folders += [name, name + "_images", name + "-images", name + "_imgs"]
    }
    return folders.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// Returns the split of each file; nil for a single file.
  ///
  /// The split is the file's name, reduced to `train`, `val`, `test` if the rest carries no
  /// information. Files of one name in different folders get the folders' names.
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

  /// Returns the split in a table's name without its ending; the name itself if there is none.
  static func name(of stem: String) -> String {
    let words = stem.lowercased().split { "_-. ".contains($0) }.map(String.init)
    let found = words.filter(splits.contains)
    guard found.count == 1, words.allSatisfy({ splits.contains($0) || fillers.contains($0) })
    else { return stem }
    return found[0]
  }

  /// Returns the names of the nearest folders above the files that differ from each other.
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
