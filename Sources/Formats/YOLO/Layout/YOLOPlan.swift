import COCO
import Files

/// Finds out which pictures and labels make up a set, split by split, before any label is read.
struct YOLOPlan {
  private let options: ImportOptions
  private let description: YOLODescription
  private var pictures: PicturesElsewhere?
  private var pairing: YOLOPairing
  private var splits: [YOLOSplit] = []
  /// What each list held, since Darknet's often name one twice.
  private var lists: [String: YOLOSplit] = [:]
  /// Paths of another machine, and where the first stands.
  private var foreign: (count: Int, first: YOLODescription.Entry, found: String)?

  init(_ description: YOLODescription, _ folders: YOLOFolders, _ options: ImportOptions) {
    self.description = description
    self.options = options
    pairing = YOLOPairing(folders)
    if let folder = options.imagesFolder {
      pictures = PicturesElsewhere(folder, &pairing.folders)
    }
  }

  /// Returns the splits of a data file; those of the folders below `root` where it names none that
  /// exists.
  static func splits(
    _ description: YOLODescription, _ folders: YOLOFolders, below root: String,
    _ options: ImportOptions, into imported: inout Imported
  ) throws -> [YOLOSplit] {
    var plan = YOLOPlan(description, folders, options)
    for part in description.parts {
      for entry in part.paths { try plan.add(entry, of: part, &imported) }
    }
    if plan.splits.isEmpty { plan.addFolders(below: root) }
    plan.mergeSplits(&imported)
    return plan.finish(&imported)
  }

  /// Adds a folder or a list that a data file names.
  private mutating func add(
    _ entry: YOLODescription.Entry, of part: YOLODescription.Part, _ imported: inout Imported
  ) throws {
    let split = part.split
    let written = existing(entry, split: split, &imported)
    let swapped = YOLOPairing.swap("images", for: "labels", in: written.text)
    let labels = swapped.flatMap { WrittenPath($0).find(from: description.roots) }?.path
    guard let (path, isForeign) = written.find(from: description.roots) else {
      if let labels {
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
      addLabels(labelFolders(labels ?? path), to: split)
    } else {
      try addList(path, to: split, &imported)
    }
  }

  /// Returns the path of a split, or, where nothing is there, that of the folder which stands for the
  /// same split under another name: `validate` for `valid`.
  private func existing(
    _ entry: YOLODescription.Entry, split: String, _ imported: inout Imported
  ) -> WrittenPath {
    let written = WrittenPath(entry.text)
    let labels = YOLOPairing.swap("images", for: "labels", in: written.text)
    if written.find(from: description.roots) != nil
      || labels.flatMap({ WrittenPath($0).find(from: description.roots) }) != nil
    {
      return written
    }
    var parts = written.text.split(separator: "/")
    guard let place = parts.lastIndex(where: { SplitName.split($0) == split }) else {
      return written
    }
    let known = parts[place]
    for name in ["train", "training", "val", "valid", "validate", "validation", "test", "testing"]
    where SplitName.split(name) == split && name != known.lowercased() {
      parts[place] = Substring(name)
      let other = WrittenPath(parts.joined(separator: "/"))
      guard let (found, _) = other.find(from: description.roots) else { continue }
      imported.notes.append("\(split): there is no \(entry.text); \(found) is taken")
      return other
    }
    return written
  }

  /// Returns the folders below a split's folder whose text files are labels by their place.
  private mutating func labelFolders(_ path: String) -> [YOLOFolder] {
    let all = pairing.folders.folders(below: path)
    let named = all.filter { YOLOPairing.swap("labels", for: "images", in: $0.path) != nil }
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

  private mutating func append(
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
  /// Adds all folders below `root`, in splits where their names show any. Where a data file keeps
  /// silent on splits, a single one says nothing.
  private mutating func addFolders(below root: String) {
    let all = pairing.folders.folders(below: root)
    let holders = all.filter { pictures == nil && !$0.pictures.isEmpty }
    let names = FolderSplits(all.map(\.path), below: root)
    let isNamed = !description.isSilent || names.count > 1
    for folder in holders { addPictures([folder], to: isNamed ? names[folder.path] : nil) }
    let named = all.filter { YOLOPairing.swap("labels", for: "images", in: $0.path) != nil }
    for folder in holders.isEmpty && named.isEmpty ? all : named {
      addLabels([folder], to: isNamed ? names[folder.path] : nil)
    }
  }

  private mutating func addPictures(_ folders: [YOLOFolder], to split: String?) {
    for folder in folders where !folder.pictures.isEmpty {
      append(pairing.items(in: folder, split: split), to: split, folders: [folder.path])
    }
  }

  /// Adds folders whose text files are labels whether or not their pictures are there.
  private mutating func addLabels(_ folders: [YOLOFolder], to split: String?) {
    for folder in folders where !folder.texts.isEmpty && !pairing.isLabelFolder(folder) {
      let swapped = YOLOPairing.swap("labels", for: "images", in: folder.path) ?? folder.path
      pairing.addLabels(folder, pictures: swapped, split: split)
      append([], to: split)
      append(pictures?.items(for: folder, split: split, &pairing) ?? [], to: split)
    }
  }

  /// Leaves out splits that name the pictures of others again; pictures in several are told.
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
            + "\(foreign.found) was taken", at: foreign.first.origin))
    }
    if let pictures {
      let (rest, unknown) = pictures.rest()
      for (split, items) in rest { append(items, to: split) }
      if unknown > 0 {
        imported.notes.append(
          "\(unknown) pictures in \(options.imagesFolder ?? "") have no label in any split and are "
            + "left out")
      }
    }
    pairRest(&imported)
    addUnlisted(&imported)
    leaveOutDrawings(&imported)
    if options.ignoresSplits { return [union()] }
    let order = ["train", "val", "test"]
    return splits.filter { !$0.items.isEmpty }.sorted { left, right in
      let ranks = [left, right].map { order.firstIndex(of: $0.name ?? "") ?? order.count }
      return ranks[0] < ranks[1]
    }
  }

  /// Returns all splits in one, each picture once.
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

extension YOLOPlan {
  /// Gives labels that lie elsewhere to the pictures that have none, by their stems; the labels that
  /// find no picture stay without one.
  private mutating func pairRest(_ imported: inout Imported) {
    var rest = pairing.takeRest()
    takePictures(for: &rest, &imported)
    if splits.contains(where: { $0.items.contains { $0.label == nil && $0.picture != nil } }) {
      var bare = BarePictures(splits)
      for folder in pairing.unusedTexts() {
        let labels = folder.texts.filter(YOLOPairing.isLabel)
        // Other texts lie about as well.
        guard bare.count(of: labels) * 2 >= labels.count else { continue }
        rest += labels.map { (nil, YOLOItem(label: $0, expectedPicture: $0)) }
      }
      let (paired, folders) = bare.pair(&rest, in: &splits)
      if paired > 0 {
        imported.notes.append(
          "labels of \(paired) pictures are taken from "
            + folders.sorted(by: NaturalOrder.precedes).joined(separator: ", "))
      }
    }
    for (split, item) in rest { append([item], to: split) }
  }

  /// Gives labels the pictures that lie in folders of other names and that nothing else has named, by
  /// their stems.
  private mutating func takePictures(
    for rest: inout [(split: String?, item: YOLOItem)], _ imported: inout Imported
  ) {
    let isLabelAlone = splits.contains {
      $0.items.contains { $0.picture == nil && $0.label != nil }
    }
    if rest.isEmpty && !isLabelAlone || pictures != nil { return }
    let known = Set(splits.flatMap { $0.items.compactMap(\.picture) })
    var unused: [String: [String]] = [:]
    for picture in pairing.folders.all.flatMap(\.pictures)
    where !known.contains(picture) && !Self.isMade(picture) {
      unused[Path.stem(of: picture), default: []].append(picture)
    }
    var folders: Set<String> = []
    var count = 0
    for index in rest.indices {
      guard let label = rest[index].item.label,
        let picture = Self.likeliest(unused[Path.stem(of: label)] ?? [], for: label)
      else { continue }
      rest[index].item.picture = picture
      folders.insert(Path.folder(of: picture))
      count += 1
    }
    for (split, part) in splits.enumerated() {
      for (index, item) in part.items.enumerated() where item.picture == nil {
        guard let label = item.label,
          let picture = Self.likeliest(unused[Path.stem(of: label)] ?? [], for: label)
        else { continue }
        splits[split].items[index].picture = picture
        folders.insert(Path.folder(of: picture))
        count += 1
      }
    }
    if count == 0 { return }
    imported.notes.append(
      "\(count) pictures are taken from "
        + folders.sorted(by: NaturalOrder.precedes).joined(separator: ", "))
  }

  /// Whether a picture lies where trainers write what they have drawn.
  private static func isMade(_ picture: String) -> Bool {
    let names: Set<Substring> = ["runs", "predict", "predictions", "results", "output", "outputs"]
    return picture.split(separator: "/").dropLast().contains { names.contains($0) }
  }

  /// Returns the picture that shares most first folders with a label; nil where several do.
  private static func likeliest(_ pictures: [String], for label: String) -> String? {
    if pictures.count < 2 { return pictures.first }
    let parts = label.split(separator: "/")
    let likeness = pictures.map { zip($0.split(separator: "/"), parts).prefix { $0 == $1 }.count }
    let best = likeness.max()
    let likely = zip(pictures, likeness).filter { $0.1 == best }
    return likely.count == 1 ? likely[0].0 : nil
  }

  /// Leaves out the folders of which no picture has a label and whose pictures are made of labelled
  /// ones: masks, previews, drawn results. Only where folders alone say what belongs to the set.
  private mutating func leaveOutDrawings(_ imported: inout Imported) {
    guard description.parts.isEmpty, pictures == nil else { return }
    var labelled: Set<String> = []
    var bare: [String: [String]] = [:]
    var withLabels: Set<String> = []
    for item in splits.flatMap(\.items) {
      guard let picture = item.picture else { continue }
      let folder = Path.folder(of: picture)
      if item.label != nil {
        labelled.insert(Path.stem(of: picture))
        withLabels.insert(folder)
      } else {
        bare[folder, default: []].append(Path.stem(of: picture))
      }
    }
    let drawn = bare.filter { folder, stems in
      !withLabels.contains(folder)
        && (Self.isMade(folder + "/")
          || stems.count(where: { Self.isMade($0, of: labelled) }) * 2
            >= stems.count)
    }
    if drawn.isEmpty || labelled.isEmpty { return }
    for index in splits.indices {
      splits[index].items.removeAll { item in
        item.picture.map { drawn[Path.folder(of: $0)] != nil } ?? false
      }
    }
    for folder in drawn.keys.sorted(by: NaturalOrder.precedes) {
      imported.notes.append(
        "\(folder) is left out: no picture there has a label, and they are named after labelled ones"
      )
    }
  }

  /// Whether a stem is one of labelled pictures, or one with a word behind it: `a_mask`.
  private static func isMade(_ stem: String, of labelled: Set<String>) -> Bool {
    if labelled.contains(stem) { return true }
    guard let end = stem.lastIndex(where: { $0 == "_" || $0 == "-" }) else { return false }
    return labelled.contains(String(stem[..<end]))
  }

  /// Adds the pictures with labels that lie among those of lists and are in none.
  private mutating func addUnlisted(_ imported: inout Imported) {
    let folders = lists.values.reduce(into: Set<String>()) { $0.formUnion($1.folders) }
    if folders.isEmpty || pictures != nil { return }
    let known = Set(splits.flatMap { $0.items.compactMap(\.picture) })
    let used = Set(splits.flatMap { $0.items.compactMap(\.label) })
    var items: [YOLOItem] = []
    for folder in folders.sorted(by: NaturalOrder.precedes) {
      for picture in pairing.folders.folder(folder)?.pictures ?? [] where !known.contains(picture) {
        // Of a.jpg and a.png one is listed, and a.txt is its label.
        guard let (label, match) = pairing.label(of: picture), !used.contains(label) else {
          continue
        }
        items.append(YOLOItem(picture: picture, label: label, match: match))
      }
    }
    if items.isEmpty { return }
    let count = items.count == 1 ? "1 labelled picture is" : "\(items.count) labelled pictures are"
    imported.notes.append("\(count) in no list; they make the split \"unlisted\"")
    append(items, to: "unlisted", folders: folders)
  }
}

/// The pictures of a set that have no label, by their stems.
private struct BarePictures {
  private var places: [String: [(split: Int, item: Int)]] = [:]

  init(_ splits: [YOLOSplit]) {
    for (split, part) in splits.enumerated() {
      for (index, item) in part.items.enumerated() where item.label == nil {
        guard let picture = item.picture else { continue }
        places[Path.stem(of: picture), default: []].append((split, index))
      }
    }
  }

  /// Returns how many of the labels have a picture here.
  func count(of labels: [String]) -> Int {
    labels.count { places[Path.stem(of: $0)] != nil }
  }

  /// Gives the labels among `rest` to the only picture of their stem, and takes them out. Returns how
  /// many, and their folders.
  mutating func pair(
    _ rest: inout [(split: String?, item: YOLOItem)], in splits: inout [YOLOSplit]
  ) -> (count: Int, folders: Set<String>) {
    var folders: Set<String> = []
    let before = rest.count
    rest.removeAll { _, item in
      guard let label = item.label, let found = places[Path.stem(of: label)], found.count == 1
      else {
        return false
      }
      splits[found[0].split].items[found[0].item].label = label
      places[Path.stem(of: label)] = nil
      folders.insert(Path.folder(of: label))
      return true
    }
    return (before - rest.count, folders)
  }
}
