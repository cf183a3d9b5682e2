import COCO
import Files

/// The images and labels that remain after pairing by conventions.
extension YOLOPlan {
  /// Gives labels that lie elsewhere to the images that have none, by their stems; labels that find
  /// no image remain without one.
  mutating func pairRest(_ imported: inout Imported) {
    let known = Set(options.knownSizes.keys.lazy.map { Path.stem(of: $0) })
    var rest = pairing.takeRest(known: known)
    takePictures(for: &rest, &imported)
    if splits.contains(where: { $0.items.contains { $0.label == nil && $0.picture != nil } }) {
      var bare = BarePictures(splits)
      for folder in pairing.unusedTexts() where !isOfPredictions(folder) {
        let labels = folder.texts.filter(YOLOPairing.isLabel)
        // Other texts lie about as well.
        guard bare.count(of: labels) * 2 >= labels.count else { continue }
        rest += labels.map { (nil, YOLOItem(label: $0, expectedPicture: $0)) }
      }
      let (paired, folders) = bare.pair(&rest, in: &splits)
      if paired > 0 {
        imported.notes.append(
          "labels of \(paired) images are read from "
            + folders.sorted(by: NaturalOrder.precedes).joined(separator: ", "))
      }
    }
    for (split, item) in rest { append([item], to: split) }
  }

  /// Gives labels the images in folders of other names that nothing else has named, by their stems.
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
    where !known.contains(picture) && !MadeFolders.isOfDrawings(picture, below: root) {
      unused[Path.stem(of: picture), default: []].append(picture)
    }
    var folders: Set<String> = []
    var count = 0
    func pair(_ item: inout YOLOItem) {
      guard item.picture == nil, let label = item.label,
        let picture = Self.likeliest(unused[Path.stem(of: label)] ?? [], for: label)
      else { return }
      item.picture = picture
      folders.insert(Path.folder(of: picture))
      count += 1
    }
    for index in rest.indices { pair(&rest[index].item) }
    for split in splits.indices {
      for index in splits[split].items.indices { pair(&splits[split].items[index]) }
    }
    if count == 0 { return }
    imported.notes.append(
      "\(count) images are read from "
        + folders.sorted(by: NaturalOrder.precedes).joined(separator: ", "))
  }

  /// Returns the image that shares the most leading folders with a label; nil if several do.
  private static func likeliest(_ pictures: [String], for label: String) -> String? {
    if pictures.count < 2 { return pictures.first }
    let parts = label.split(separator: "/")
    let likely = pictures.likeliest {
      (zip($0.split(separator: "/"), parts).prefix { $0 == $1 }.count, 0, 0)
    }
    return likely.count == 1 ? likely[0] : nil
  }

  /// Adds the images with labels that lie among those of lists and are in none.
  mutating func addUnlisted(_ imported: inout Imported) {
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
    let count = items.count == 1 ? "1 labelled image is" : "\(items.count) labelled images are"
    imported.notes.append("\(count) in no list; they become the split \"unlisted\"")
    append(items, to: "unlisted", folders: folders)
  }
}

/// The images of a set that have no label, by their stems.
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

  /// Returns the number of the labels that have an image here.
  func count(of labels: [String]) -> Int {
    labels.count { places[Path.stem(of: $0)] != nil }
  }

  /// Gives the labels among `rest` to the only image of their stem, and removes them. Returns their
  /// number, and their folders.
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
