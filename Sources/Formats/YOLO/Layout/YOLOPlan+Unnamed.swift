import COCO
import Files

/// The labelled folders that a data file does not name.
extension YOLOPlan {
  /// Reads the labelled folders below `home` that nothing names as the splits of their names, if
  /// there is none of that name; the others are reported, and nothing is lost silently.
  mutating func addUnnamed(below home: String, _ imported: inout Imported) {
    guard pictures == nil, !description.isSilent else { return }
    let (found, labels) = unnamed(below: home)
    noteLabels(labels, &imported)
    let names = FolderSplits(found.map(\.folder.path), below: home)
    for (folder, count) in found {
      let split = names[folder.path]
      let isOnly = found.count { names[$0.folder.path] == split } == 1
      let pictures = count == 1 ? "1 labelled image" : "\(count) labelled images"
      if let split, isOnly, !splits.contains(where: { $0.name == split }) {
        addPictures([folder], to: split)
        imported.notes.append("\(folder.path) is read as \(split), though no data file names it")
      } else {
        imported.notes.append(
          "\(folder.path) is left out: \(pictures) there, and no data file names it")
      }
    }
  }

  /// Reports the folders of labels that nothing names and whose images do not exist.
  private func noteLabels(_ folders: [YOLOFolder], _ imported: inout Imported) {
    for folder in folders {
      let count = folder.texts.count(where: YOLOPairing.isLabel)
      let files = count == 1 ? "1 label file" : "\(count) label files"
      imported.notes.append(
        "\(folder.path) is left out: \(files) without images, and no data file names them")
    }
  }

  /// Returns the folders from which nothing has been read, with the numbers of their labelled
  /// images, and folders of labels alone.
  private func unnamed(
    below home: String
  ) -> (pictures: [(folder: YOLOFolder, count: Int)], labels: [YOLOFolder]) {
    let known = splits.reduce(into: Set<String>()) { $0.formUnion($1.folders) }
    // What is looked at here is not taken.
    var trial = pairing
    let all = trial.folders.folders(below: home)
    let found = all.compactMap { folder -> (folder: YOLOFolder, count: Int)? in
      if known.contains(folder.path) || pairing.isLabelFolder(folder.path)
        || MadeFolders.isOfDrawings(folder.path, below: home)
      {
        return nil
      }
      let labels = folder.pictures.compactMap { trial.label(of: $0)?.path }
      let isNew = labels.contains { !pairing.isLabelFolder(Path.folder(of: $0)) }
      return isNew ? (folder, labels.count) : nil
    }
    let alone = all.filter { folder in
      YOLOLabelRule.swap("labels", for: "images", in: folder.path) != nil
        && !known.contains(folder.path) && !trial.isLabelFolder(folder.path)
        && folder.texts.contains(where: YOLOPairing.isLabel)
        && !MadeFolders.isOfDrawings(folder.path, below: home)
    }
    return (found, alone)
  }
}
