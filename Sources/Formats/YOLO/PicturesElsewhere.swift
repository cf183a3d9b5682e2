import COCO
import Files

/// The pictures of a folder that the user names, by the label folders that use them.
struct PicturesElsewhere: Sendable {
  private let root: String
  private let folders: [String: YOLOFolder]
  private var shelves: [String: Shelf] = [:]
  private var order: [String] = []

  /// Pictures that label folders look for theirs among.
  private struct Shelf: Sendable {
    var index: StemIndex
    var used: Set<Int> = []
    /// The split of each label folder.
    var splits: [String?] = []
  }

  init(_ root: String, _ known: inout YOLOFolders) {
    self.root = Path.normalized(root)
    let below = known.folders(below: root).filter { !$0.pictures.isEmpty }
    folders = Dictionary(uniqueKeysWithValues: below.map { (Path.normalized($0.path), $0) })
  }

  /// The labels of a folder, each with its picture; those without one are left to the pairing.
  mutating func items(
    for labels: YOLOFolder, split: String?, _ pairing: inout YOLOPairing
  ) -> [YOLOItem] {
    let key = candidates(for: labels.path).first { folders[$0] != nil } ?? ""
    if shelves[key] == nil {
      let all = folders.keys.sorted(by: NaturalOrder.precedes).compactMap { folders[$0] }
      shelves[key] = Shelf(index: StemIndex(folders[key]?.pictures ?? all.flatMap(\.pictures)))
      order.append(key)
    }
    guard var shelf = shelves.removeValue(forKey: key) else { return [] }
    shelf.splits.append(split)
    let items = pairing.items(ofLabelsIn: labels, pictures: &shelf.index, used: &shelf.used)
    shelves[key] = shelf
    return items
  }

  /// The pictures without a label: background of the split whose labels lie beside theirs. Where
  /// several splits share a folder nothing tells whose they are; those are only counted.
  func rest() -> (items: [(split: String?, items: [YOLOItem])], unknown: Int) {
    var items: [(split: String?, items: [YOLOItem])] = []
    var unknown = 0
    for shelf in order.compactMap({ shelves[$0] }) {
      let unused = shelf.index.paths.indices.filter { !shelf.used.contains($0) }
      if shelf.splits.count == 1 {
        items.append((shelf.splits[0], unused.map { YOLOItem(picture: shelf.index.paths[$0]) }))
      } else {
        unknown += unused.count
      }
    }
    return (items, unknown)
  }

  /// Where the pictures of a label folder can be: for `labels/train` in `train`, `images/train`; for
  /// `train/labels` in `train`, `train/images`; else in the root.
  private func candidates(for labels: String) -> [String] {
    let parts = Path.normalized(labels).split(separator: "/")
    let place = parts.lastIndex { $0.lowercased() == "labels" }
    let below = place.map { parts[($0 + 1)...] } ?? parts.suffix(1)
    let above = place.map { parts[..<$0] } ?? []
    var endings: [String] = []
    for dropped in 0..<below.count {
      let ending = below.dropFirst(dropped).joined(separator: "/")
      endings += [ending, "images/" + ending, ending + "/images"]
    }
    if let last = above.last { endings += [String(last), last + "/images"] }
    return endings.map { Path.normalized(Path.join(root, $0)) }
      + [root, Path.normalized(Path.join(root, "images"))]
  }
}
