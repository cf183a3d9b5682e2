import COCO
import Files

/// The images and labels of a set, split by split, determined before any label is read.
struct YOLOPlan {
  let options: ImportOptions
  let description: YOLODescription
  /// The folder below which the set lies.
  let root: String
  /// Whether folders alone define the set.
  var isSwept = false
  var pictures: PicturesElsewhere?
  var pairing: YOLOPairing
  var splits: [YOLOSplit] = []
  /// The content of each list, since Darknet's files often name one twice.
  var lists: [String: YOLOSplit] = [:]
  /// The number of paths of another machine, and the first of them.
  private var foreign: (count: Int, first: YOLODescription.Entry, found: String)?

  init(
    _ description: YOLODescription, _ folders: YOLOFolders, below root: String,
    _ options: ImportOptions
  ) {
    self.description = description
    self.root = root
    self.options = options
    pairing = YOLOPairing(folders)
    if let folder = options.imagesFolder {
      pictures = PicturesElsewhere(folder, &pairing.folders)
    }
  }

  /// Returns the splits of a data file; those of the folders below `root` if it names none that
  /// exists. Labelled folders below `home` that it does not name are read as the splits of their
  /// names, or are reported.
  static func splits(
    _ description: YOLODescription, _ folders: YOLOFolders, below root: String, home: String?,
    _ options: ImportOptions, into imported: inout Imported
  ) throws -> [YOLOSplit] {
    var plan = YOLOPlan(description, folders, below: root, options)
    for part in description.parts {
      for entry in part.paths { try plan.add(entry, of: part, &imported) }
    }
    if plan.splits.isEmpty {
      plan.addFolders()
    } else if let home {
      plan.addUnnamed(below: home, &imported)
    }
    plan.mergeSplits(&imported)
    return plan.finish(&imported)
  }

  /// Adds a folder or a list that a data file names.
  private mutating func add(
    _ entry: YOLODescription.Entry, of part: YOLODescription.Part, _ imported: inout Imported
  ) throws {
    let split = part.split
    let written = existing(entry, split: split, &imported)
    let found = description.find(written)
    guard let (path, isForeign) = found?.pictures else {
      if let labels = found?.labels {
        addLabels(pairing.folders.folders(below: labels), to: split)
      } else if part.isGuess {
        return
      } else if split == "test" {
        imported.notes.append("test is left out: there is no \(entry.text)")
      } else {
        imported.findings.append(
          Finding(
            .missingImageFile, "\(split): no folder or list \(entry.text)",
            at: entry.origin))
      }
      return
    }
    if isForeign { noteForeign(entry, found: path) }
    if Folder.exists(path) {
      if pictures == nil { addPictures(pairing.folders.folders(below: path), to: split) }
      addLabels(labelFolders(found?.labels ?? path), to: split)
    } else {
      try addList(path, to: split, &imported)
    }
  }

  /// Returns the path of a split, or, if it does not exist, that of the folder for the same split
  /// under another name: `validate` for `valid`.
  private func existing(
    _ entry: YOLODescription.Entry, split: String, _ imported: inout Imported
  ) -> WrittenPath {
    let written = WrittenPath(entry.text)
    if description.find(written) != nil { return written }
    var parts = written.text.split(separator: "/")
    guard let place = parts.lastIndex(where: { SplitName.split($0) == split }) else {
      return written
    }
    let known = parts[place]
    for name in SplitName.names(of: split) where name != known.lowercased() {
      parts[place] = Substring(name)
      let other = WrittenPath(parts.joined(separator: "/"))
      guard let (found, _) = other.find(from: description.roots) else { continue }
      imported.notes.append("\(split): there is no \(entry.text); \(found) is used")
      return other
    }
    return written
  }

  /// Returns the folders below a split's folder whose text files are labels by their place.
  private mutating func labelFolders(_ path: String) -> [YOLOFolder] {
    let all = pairing.folders.folders(below: path)
    let named = all.filter { YOLOLabelRule.swap("labels", for: "images", in: $0.path) != nil }
    return named.isEmpty && pictures != nil ? all : named
  }

  private mutating func addList(
    _ path: String, to split: String, _ imported: inout Imported
  ) throws {
    if let known = lists[path] { return append(known.items, to: split, folders: known.folders) }
    guard let (text, file) = try LocatedText.read(path, into: &imported) else { return }
    var list = YOLOList(path, roots: description.roots, pictures: options.imagesFolder)
    var items: [YOLOItem] = []
    for line in text.lines where !line.text.trimmed.isEmpty {
      items.append(list.item(line, Origin(file: file, offset: line.offset), &pairing))
    }
    if let first = list.firstForeign {
      imported.findings.append(
        Finding(
          .foreignAbsolutePath,
          "\(list.foreignCount) paths are not of this machine, the first \(first.text); "
            + "found by their endings", at: first.origin))
    }
    lists[path] = YOLOSplit(items: items, folders: list.folders)
    append(items, to: split, folders: list.folders)
  }

  private mutating func noteForeign(_ entry: YOLODescription.Entry, found: String) {
    foreign = foreign.map { ($0.count + 1, $0.first, $0.found) } ?? (1, entry, found)
  }

  mutating func append(
    _ items: [YOLOItem], to split: String?, folders: Set<String> = []
  ) {
    if let index = splits.firstIndex(where: { $0.name == split }) {
      splits[index].items += items
      splits[index].folders.formUnion(folders)
    } else {
      splits.append(YOLOSplit(name: split, items: items, folders: folders))
    }
  }
}

extension YOLOPlan {
  /// Adds all folders below `root`, in splits if their names show any. If a data file names no
  /// splits, a single one is ignored.
  private mutating func addFolders() {
    isSwept = true
    let all = pairing.folders.folders(below: root).filter { !isOfPredictions($0) }
    let holders = all.filter { pictures == nil && !$0.pictures.isEmpty }
    let names = FolderSplits(all.map(\.path), below: root)
    let isNamed = !description.isSilent || names.count > 1
    for folder in holders { addPictures([folder], to: isNamed ? names[folder.path] : nil) }
    let named = all.filter { YOLOLabelRule.swap("labels", for: "images", in: $0.path) != nil }
    for folder in holders.isEmpty && named.isEmpty ? all : named {
      addLabels([folder], to: isNamed ? names[folder.path] : nil)
    }
  }

  mutating func addPictures(_ folders: [YOLOFolder], to split: String?) {
    for folder in folders where !folder.pictures.isEmpty {
      append(pairing.items(in: folder, split: split), to: split, folders: [folder.path])
    }
  }

  /// Adds folders whose text files are labels whether or not their images exist.
  private mutating func addLabels(_ folders: [YOLOFolder], to split: String?) {
    for folder in folders where !folder.texts.isEmpty && !pairing.isLabelFolder(folder.path) {
      let swapped = YOLOLabelRule.swap("labels", for: "images", in: folder.path) ?? folder.path
      pairing.addLabels(folder, pictures: swapped, split: split)
      append([], to: split)
      append(pictures?.items(for: folder, split: split, &pairing) ?? [], to: split)
    }
  }

  /// Leaves out splits that repeat the images of others; images in several are reported.
  private mutating func mergeSplits(_ imported: inout Imported) {
    // Pictures are compared only where a folder gives to several splits.
    let areShared = splits.map { split in
      splits.contains { $0.name != split.name && !$0.folders.isDisjoint(with: split.folders) }
    }
    guard areShared.contains(true) else { return }
    let parts = zip(splits, areShared).map { split, isShared in
      SplitOverlap.Part(
        name: split.name ?? "", members: isShared ? Set(split.items.compactMap(\.picture)) : [],
        origin: description.parts.first { $0.split == split.name }?.paths.first?.origin)
    }
    let kept = SplitOverlap.kept(
      parts, readsOnce: !options.judgesRecords, into: &imported)
    splits = zip(splits, kept).filter(\.1).map(\.0)
  }

  private mutating func finish(_ imported: inout Imported) -> [YOLOSplit] {
    if let foreign {
      imported.findings.append(
        Finding(
          .foreignAbsolutePath,
          "\(foreign.count) paths are not of this machine, the first \(foreign.first.text); "
            + "\(foreign.found) was used", at: foreign.first.origin))
    }
    if let pictures {
      let (rest, unknown) = pictures.rest()
      for (split, items) in rest { append(items, to: split) }
      if unknown > 0 {
        imported.notes.append(
          "\(unknown) images in \(options.imagesFolder ?? "") have no label in any split and are "
            + "left out")
      }
    }
    pairRest(&imported)
    addUnlisted(&imported)
    leaveOutDrawings(&imported)
    leaveOutStrangers(&imported)
    notePredictions(&imported)
    if options.ignoresSplits { return [union()] }
    let order = ["train", "val", "test"]
    return splits.filter { !$0.items.isEmpty }.sorted { left, right in
      let ranks = [left, right].map { order.firstIndex(of: $0.name ?? "") ?? order.count }
      return ranks[0] < ranks[1]
    }
  }

  /// Returns all splits in one, each image once.
  private func union() -> YOLOSplit {
    var union = YOLOSplit()
    for split in splits {
      // Pictures are compared only where a folder gives to several splits.
      let isShared = !union.folders.isDisjoint(with: split.folders)
      let known = isShared ? Set(union.items.compactMap(\.place)) : []
      union.items += split.items.filter { $0.place.map(known.contains) != true }
      union.folders.formUnion(split.folders)
    }
    return union
  }
}
