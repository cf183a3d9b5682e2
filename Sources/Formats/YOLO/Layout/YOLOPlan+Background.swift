import COCO
import Files

/// The selection of images without a label in a set that only folders define.
extension YOLOPlan {
  /// Leaves out the folders of which no image has a label and whose images are made from labelled
  /// ones: masks, previews, drawn results. It applies only if folders alone define the set.
  mutating func leaveOutDrawings(_ imported: inout Imported) {
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
        && (MadeFolders.isOfDrawings(folder, below: root)
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
        "\(folder) is left out: no image there has a label, and they are named after labelled ones"
      )
    }
  }

  /// Returns whether a stem is one of labelled images, or one followed by a word: `a_mask`.
  private static func isMade(_ stem: String, of labelled: Set<String>) -> Bool {
    if labelled.contains(stem) { return true }
    guard let end = stem.lastIndex(where: { $0 == "_" || $0 == "-" }) else { return false }
    return labelled.contains(String(stem[..<end]))
  }

  /// Returns whether the files in a folder are predictions, if nothing else names the folder.
  func isOfPredictions(_ folder: YOLOFolder) -> Bool {
    MadeFolders.isOfPredictions(folder.path, below: root)
  }

  /// Reports the folders that are left out because their files are predictions.
  func notePredictions(_ imported: inout Imported) {
    guard isSwept else { return }
    let known = splits.reduce(into: Set<String>()) { $0.formUnion($1.folders) }
    var folders = pairing.folders
    let predicted = folders.folders(below: root).filter { folder in
      isOfPredictions(folder) && !known.contains(folder.path)
        && (!folder.pictures.isEmpty || folder.texts.contains(where: YOLOPairing.isLabel))
    }
    guard let first = predicted.first else { return }
    let these =
      predicted.count == 1 ? " is" : " and \(predicted.count - 1) more folders are"
    imported.notes.append(
      "\(first.path)\(these) left out: predictions are not labels; as its own input it is read"
    )
  }

  /// Leaves out the folders of which no image has a label and that nothing shows to be the set's:
  /// uploads, examples of a program, another task's images.
  mutating func leaveOutStrangers(_ imported: inout Imported) {
    let isBare = splits.contains { $0.items.contains { $0.label == nil } }
    guard isSwept, isBare, pictures == nil else { return }
    var counts: [String: Int] = [:]
    var labelled: Set<String> = []
    for item in splits.flatMap(\.items) {
      guard let folder = item.picture.map(Path.folder(of:)) else { continue }
      if item.label != nil {
        labelled.insert(folder)
      } else {
        counts[folder, default: 0] += 1
      }
    }
    let homes = LabelledFolders(labelled, pairing.folders.all)
    let strangers = counts.filter { folder, _ in !homes.hold(folder) }
    if strangers.isEmpty { return }
    for index in splits.indices {
      splits[index].items.removeAll { item in
        item.label == nil && item.picture.map { strangers[Path.folder(of: $0)] != nil } ?? false
      }
    }
    noteStrangers(strangers, &imported)
  }

  private func noteStrangers(_ counts: [String: Int], _ imported: inout Imported) {
    let folders = counts.keys.sorted(by: NaturalOrder.precedes)
    if folders.count > 3 {
      let count = counts.values.reduce(0, +)
      imported.notes.append(
        "\(count) images in \(folders.count) folders are left out, the first folder \(folders[0]): "
          + "no image there has a label")
      return
    }
    for folder in folders {
      let count = counts[folder] ?? 0
      let pictures =
        count == 1 ? "its image has no label" : "none of its \(count) images has a label"
      imported.notes.append("\(folder) is left out: \(pictures)")
    }
  }
}

/// The folders of a set's labelled images, and the files among them.
private struct LabelledFolders {
  private let folders: Set<String>
  /// The folders of text files called `labels` and those above them.
  private let labels: Set<String>
  private static let backgroundNames: Set<Substring> = [
    "background", "backgrounds", "bg", "empty", "neg", "negative", "negatives",
  ]

  init(_ folders: Set<String>, _ all: [YOLOFolder]) {
    self.folders = folders
    var labels: Set<String> = []
    for folder in all where folder.texts.contains(where: YOLOPairing.isLabel) {
      guard let pictures = YOLOLabelRule.swap("labels", for: "images", in: folder.path) else {
        continue
      }
      labels.insert(pictures)
      // Beside `labels/train` stands the whole of `images`.
      var above = pictures
      while Path.name(of: above).lowercased() != "images", above != Path.folder(of: above) {
        above = Path.folder(of: above)
        labels.insert(above)
      }
    }
    self.labels = labels
  }

  /// Returns whether a folder without labels belongs to the set: it has a folder of labels as
  /// partner, is named like background, or is a split beside labelled ones.
  func hold(_ folder: String) -> Bool {
    if folders.contains(folder) { return true }
    if folders.isEmpty { return false }
    let name = Path.name(of: folder).lowercased()
    return Self.backgroundNames.contains(Substring(name)) || hasPartner(folder)
      || isSplitBesideOthers(folder)
  }

  private func hasPartner(_ folder: String) -> Bool {
    var above = folder
    while true {
      if labels.contains(above) { return true }
      let next = Path.folder(of: above)
      if Path.name(of: above).lowercased() == "images" || next == above { return false }
      above = next
    }
  }

  private func isSplitBesideOthers(_ folder: String) -> Bool {
    let parts = folder.split(separator: "/", omittingEmptySubsequences: false)
    guard let place = parts.lastIndex(where: { SplitName.word(in: $0) != nil }) else {
      return false
    }
    return folders.contains { other in
      let others = other.split(separator: "/", omittingEmptySubsequences: false)
      return others.count == parts.count && SplitName.word(in: others[place]) != nil
        && others[..<place] == parts[..<place] && others[(place + 1)...] == parts[(place + 1)...]
    }
  }
}
