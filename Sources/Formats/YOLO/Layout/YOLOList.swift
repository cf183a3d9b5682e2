import COCO
import Files

/// A list of images, one path on each line, as in `train.txt`; paths may be another machine's.
struct YOLOList {
  /// The folders in which images were found.
  private(set) var folders: Set<String> = []
  private(set) var foreignCount = 0
  private(set) var firstForeign: (text: String, origin: Origin)?
  private let roots: [String]
  private let pictures: String?
  /// The folders that the folder of a row can mean, the likeliest first.
  private var meanings: [String: [Meaning]] = [:]
  private var indices: [String: StemIndex] = [:]

  private struct Meaning {
    var folder: String
    /// Whether the path differs from the one in the row.
    var isForeign: Bool
  }

  /// Creates a list at `path`, whose rows are relative to its own folder or one of `roots`. If the
  /// user gives the folder of the `pictures`, that is tried first, and labels are looked for below
  /// the roots.
  init(_ path: String, roots: [String], pictures: String?) {
    self.roots = [Path.folder(of: path)] + roots
    self.pictures = pictures
  }

  /// Returns the image that a line names, found or not, and its label.
  mutating func item(
    _ line: LocatedText.Line, _ origin: Origin, _ pairing: inout YOLOPairing
  ) -> YOLOItem {
    let row = WrittenPath(line.text.trimmed)
    let name = Path.name(of: row.text)
    let meanings = meanings(of: row, &pairing)
    guard let (found, match, meaning) = find(name, meanings) else {
      let expected = Path.join(meanings.first?.folder ?? Path.folder(of: row.text), name)
      let label = label(of: row, name, &pairing) ?? pairing.label(of: expected)?.path
      return YOLOItem(label: label, expectedPicture: expected, listed: origin)
    }
    folders.insert(meaning.folder)
    if meaning.isForeign {
      foreignCount += 1
      firstForeign = firstForeign ?? (String(line.text.trimmed), origin)
    }
    var item = YOLOItem(picture: found, match: match, listed: origin)
    if match != .exact { item.wanted = name }
    if pictures != nil { item.label = label(of: row, name, &pairing) }
    if item.label == nil, let (label, labelMatch) = pairing.label(of: found) {
      item.label = label
      if item.match == .exact { item.match = labelMatch }
    }
    // A label that lies where the row says is not lost because the picture lies elsewhere.
    if item.label == nil, pictures == nil { item.label = label(of: row, name, &pairing) }
    return item
  }

  private mutating func find(
    _ name: String, _ meanings: [Meaning]
  ) -> (path: String, match: ImageLocator.Match, meaning: Meaning)? {
    var loose: (path: String, match: ImageLocator.Match, meaning: Meaning)?
    for meaning in meanings {
      guard let (index, match) = indices[meaning.folder]?.find(name: name),
        let path = indices[meaning.folder]?.paths[index]
      else { continue }
      if match == .exact { return (path, match, meaning) }
      loose = loose ?? (path, match, meaning)
    }
    return loose
  }

  private mutating func meanings(
    of row: WrittenPath, _ pairing: inout YOLOPairing
  ) -> [Meaning] {
    let written = Path.folder(of: row.text)
    if let known = meanings[written] { return known }
    let path = WrittenPath(written)
    // Word for word, then by the endings, and only the user's folder where that holds any.
    var attempts: [(folders: [String], isForeign: Bool)] = []
    for roots in [pictures.map { [$0] } ?? [], roots] where !roots.isEmpty {
      attempts.append((path.literal(from: roots), false))
      attempts.append((path.endings(below: roots, orNone: true), row.isAbsolute))
    }
    var found: [Meaning] = []
    for attempt in attempts where found.isEmpty {
      for candidate in attempt.folders {
        guard let folder = pairing.folders.folder(candidate), !folder.pictures.isEmpty,
          !found.contains(where: { $0.folder == folder.path })
        else { continue }
        indices[folder.path] = indices[folder.path] ?? StemIndex(folder.pictures)
        found.append(Meaning(folder: folder.path, isForeign: attempt.isForeign))
      }
    }
    meanings[written] = found
    return found
  }

  /// Returns the label of a row whose image does not lie beside its label as usual.
  private func label(
    of row: WrittenPath, _ name: String, _ pairing: inout YOLOPairing
  ) -> String? {
    let folder = WrittenPath(Path.folder(of: row.text))
    for candidate in folder.literal(from: roots) + folder.endings(below: roots, orNone: true) {
      if let label = pairing.label(of: Path.join(candidate, name)) { return label.path }
    }
    return nil
  }
}
