import COCO
import Files
import Formats

/// Images that an input holds several times with the same boxes: a folder beside parts of itself,
/// two exports of one set, a file beside its later version.
struct CopiedPictures {
  private let imported: Imported
  private let mergesSplits: Bool
  private var entries: [Entry] = []

  /// An image, and the properties that its copies share.
  private struct Entry {
    var dataset: Int
    var index: Int
    var path: String
    var image: Image
    var boxes: [String]
    /// The rank: 0 for a split, 1 for a name that contains one, 2 for all others, which are left
    /// out first.
    var rank: Int
  }

  /// Leaves out images that are already present, those of splits last, and counts each once.
  ///
  /// - Parameter mergesSplits: Whether all splits become one, so that an image in two of them
  ///   becomes one too.
  static func leaveOut(of imported: inout Imported, mergesSplits: Bool) {
    let isSpread =
      imported.datasets.count > 1
      || imported.findings.contains { $0.kind == .duplicateFileName }
      || imported.datasets.contains { dataset in
        dataset.images.contains { $0.fileName.utf8.contains(UInt8(ascii: "/")) }
      }
    guard isSpread else { return }
    let pictures = CopiedPictures(imported, mergesSplits: mergesSplits)
    var copies = pictures.copies()
    for place in mergesSplits ? [] : pictures.wholes(copies) {
      copies.removeAll { $0.copy.dataset == place }
      let name = imported.datasets[place].split ?? "the images in no split"
      imported.notes.append(
        "\(name) repeats images of the others, some with other boxes; it is written whole")
    }
    if !copies.isEmpty { pictures.take(copies, from: &imported) }
  }

  /// Returns the datasets that are no splits and hold only images of the others, though not all
  /// with the same boxes: the rest of them is no set.
  private func wholes(_ copies: [(copy: Entry, original: Entry)]) -> [Int] {
    let left = Dictionary(grouping: copies.map(\.copy), by: \.dataset).mapValues { copies in
      Set(copies.map(\.index))
    }
    return left.keys.sorted().filter { place in
      guard let copied = left[place], SplitRank.rank(of: imported.datasets[place].split) > 1 else {
        return false
      }
      let rest = imported.datasets[place].images.indices.filter { !copied.contains($0) }
      let others = Set(
        imported.datasets.enumerated().filter { $0.offset != place }
          .flatMap { $0.element.images.map { Path.name(of: $0.fileName) } })
      return !rest.isEmpty
        && rest.allSatisfy {
          others.contains(Path.name(of: imported.datasets[place].images[$0].fileName))
        }
    }
  }

  private init(_ imported: Imported, mergesSplits: Bool) {
    self.imported = imported
    self.mergesSplits = mergesSplits
    let repeated = Self.repeatedNames(in: imported.datasets)
    guard !repeated.isEmpty else { return }
    for (place, dataset) in imported.datasets.enumerated() {
      let folder = imported.imageFolders[dataset.split ?? ""] ?? ""
      let names = Dictionary(dataset.categories.map { ($0.id, $0.name) }) { first, _ in first }
      var annotations: [Int: [String]] = [:]
      let images = dataset.images.indices.filter {
        repeated.contains(Path.name(of: dataset.images[$0].fileName))
      }
      let ids = Set(images.map { dataset.images[$0].id })
      for annotation in dataset.annotations where ids.contains(annotation.imageID) {
        let name = annotation.categoryID.flatMap { names[$0] } ?? ""
        annotations[annotation.imageID, default: []].append(
          "\(name) \(annotation.box?.cornersText ?? "")")
      }
      let rank = SplitRank.rank(of: dataset.split)
      for index in images {
        let image = dataset.images[index]
        entries.append(
          Entry(
            dataset: place, index: index, path: Path.normalized(Path.join(folder, image.fileName)),
            image: image, boxes: annotations[image.id, default: []].sorted(), rank: rank))
      }
    }
  }

  private static func repeatedNames(in datasets: [Dataset]) -> Set<String> {
    var met: Set<String> = []
    var repeated: Set<String> = []
    for image in datasets.lazy.flatMap(\.images) {
      let name = Path.name(of: image.fileName)
      if !met.insert(name).inserted { repeated.insert(name) }
    }
    return repeated
  }

  /// Returns the entries that are copies of others, with those.
  private func copies() -> [(copy: Entry, original: Entry)] {
    let groups = Dictionary(grouping: entries) { Path.name(of: $0.path) }
    var copies: [(copy: Entry, original: Entry)] = []
    var proven: Set<[String]> = []
    for isEmpty in [false, true] {
      for name in groups.keys.sorted() {
        let group = (groups[name] ?? []).filter { $0.boxes.isEmpty == isEmpty }
        var kept: [Entry] = []
        for entry in group.sorted(by: Self.comesFirst) {
          let original = kept.first { isCopy(entry, of: $0, proven: proven) }
          guard let original, mergesSplits || entry.dataset == original.dataset || entry.rank > 0
          else {
            kept.append(entry)
            continue
          }
          copies.append((entry, original))
          if !isEmpty { proven.insert(Self.folders(entry, original)) }
        }
      }
    }
    return copies
  }

  private static func comesFirst(_ left: Entry, _ right: Entry) -> Bool {
    (left.rank, left.dataset, left.index) < (right.rank, right.dataset, right.index)
  }

  private static func folders(_ copy: Entry, _ original: Entry) -> [String] {
    [Path.folder(of: copy.path), Path.folder(of: original.path)]
  }

  /// Returns whether the two have one name, one size and the same boxes, and files of the same
  /// bytes as far as these exist; images without boxes only if their folders hold copies.
  private func isCopy(_ entry: Entry, of other: Entry, proven: Set<[String]>) -> Bool {
    guard entry.boxes == other.boxes else { return false }
    if entry.path == other.path {
      // Two files of one folder that name one picture are a fault and no copies.
      return entry.dataset != other.dataset || source(of: entry) == source(of: other)
    }
    guard entry.image.width == other.image.width, entry.image.height == other.image.height else {
      return false
    }
    if entry.boxes.isEmpty, !proven.contains(Self.folders(entry, other)) { return false }
    guard let left = FileStatus(entry.path), let right = FileStatus(other.path) else { return true }
    return left.size == right.size
  }

  /// Returns the name of the file that an image is read from, without its folders.
  private func source(of entry: Entry) -> String? {
    entry.image.origin.map { Path.name(of: imported.sources.paths[$0.file]) }
  }

  private func take(
    _ copies: [(copy: Entry, original: Entry)], from imported: inout Imported
  ) {
    let left = Dictionary(grouping: copies.map(\.copy), by: \.dataset)
    var annotations = 0
    for (place, entries) in left {
      let indices = Set(entries.map(\.index))
      let dataset = imported.datasets[place]
      imported.datasets[place] = dataset.part(keepsIDs: imported.format?.holdsAll == true) {
        !indices.contains($0)
      }
      annotations += dataset.annotations.count - imported.datasets[place].annotations.count
    }
    let emptied = left.keys.filter { imported.datasets[$0].images.isEmpty }
    if emptied.count < imported.datasets.count {
      for place in emptied.sorted().reversed() { imported.datasets.remove(at: place) }
    }
    let origins = Set(copies.compactMap(\.copy.image.origin))
    imported.findings.removeAll { finding in
      finding.kind == .duplicateFileName && finding.origin.map(origins.contains) ?? false
    }
    imported.headers = [:]
    imported.read.images -= copies.count
    imported.read.annotations -= annotations
    let (copy, original) = copies[0]
    let pictures = copies.count == 1 ? "1 image is" : "\(copies.count) images are"
    imported.notes.append(
      "\(pictures) repeated with the same boxes and counted once: "
        + (copy.path == original.path
          ? "\(copy.path) appears in several files"
          : "\(copy.path) is \(original.path)"))
  }
}

extension Dataset {
  /// Returns the images at the indices that `isKept`, with their annotations; numbered anew from 1
  /// unless their ids are the input's own.
  func part(keepsIDs: Bool, where isKept: (Int) -> Bool) -> Dataset {
    var part = self
    part.images = images.indices.filter(isKept).map { images[$0] }
    var ids: [Int: Int] = [:]
    for (index, image) in part.images.enumerated() {
      ids[image.id] = keepsIDs ? image.id : index + 1
    }
    part.annotations.removeAll { ids[$0.imageID] == nil }
    if keepsIDs { return part }
    for index in part.images.indices { part.images[index].id = index + 1 }
    for index in part.annotations.indices {
      part.annotations[index].imageID = ids[part.annotations[index].imageID] ?? 0
      part.annotations[index].id = index + 1
    }
    return part
  }
}
