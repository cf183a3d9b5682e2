import COCO
import Files

/// Labelled folders that a data file does not name.
extension YOLOPlan {
  /// Reads the labelled folders below `home` that nothing names as the splits that their names tell,
  /// where there is none of that name; the others are told, and nothing is lost without a word.
  mutating func addUnnamed(below home: String, _ imported: inout Imported) {
    guard pictures == nil, !description.isSilent else { return }
    let found = unnamed(below: home)
    let names = FolderSplits(found.map(\.folder.path), below: home)
    for (folder, count) in found {
      let split = names[folder.path]
      let isOnly = found.count { names[$0.folder.path] == split } == 1
      let pictures = count == 1 ? "1 labelled picture" : "\(count) labelled pictures"
      if let split, isOnly, !splits.contains(where: { $0.name == split }) {
        addPictures([folder], to: split)
        imported.notes.append("\(folder.path) is read as \(split), though no data file names it")
      } else {
        imported.notes.append(
          "\(folder.path) is left out: \(pictures) there, and no data file names it")
      }
    }
  }

  /// Returns the folders of which nothing has been read, with the numbers of their labelled pictures.
  private func unnamed(below home: String) -> [(folder: YOLOFolder, count: Int)] {
    var known: Set<String> = []
    for item in splits.flatMap(\.items) {
      if let place = item.place { known.insert(Path.folder(of: place)) }
      if let label = item.label { known.insert(Path.folder(of: label)) }
    }
    // What is looked at here is not taken.
    var trial = pairing
    return trial.folders.folders(below: home).compactMap { folder in
      if known.contains(folder.path) || pairing.isLabelFolder(folder)
        || MadeFolders.isOfDrawings(folder.path, below: home)
      {
        return nil
      }
      let labels = folder.pictures.compactMap { trial.label(of: $0)?.path }
      let isNew = labels.contains { !known.contains(Path.folder(of: $0)) }
      return isNew ? (folder, labels.count) : nil
    }
  }
}
