import COCO
import Files

/// Pascal VOC: `Annotations/STEM.xml` for each picture, `ImageSets/Main/SPLIT.txt` for each split.
///
/// Boxes are written as their edges, xmax = x + width, so that reading them as written gives them
/// back within 1e-9 px. Pictures of the same path in two splits share a file where it says the
/// same of them; where it would not, every split gets a folder of its own.
struct VOCExporter: Exporter {

  init(_ options: ExportOptions) {}

  func export(_ datasets: [Dataset]) -> Exported {
    var folder = VOCFolder(hasSplitFolders: false)
    if !folder.write(datasets) {
      folder = VOCFolder(hasSplitFolders: true)
      _ = folder.write(datasets)
    }
    return Exported(files: folder.files.files, losses: folder.losses.list)
  }
}

/// The files of a VOC folder in the making.
private struct VOCFolder {
  private(set) var files = FileTable()
  private(set) var losses = Losses()
  private let hasSplitFolders: Bool
  /// The lists of `ImageSets`, one stem a line.
  private var lists: [(path: String, text: String)] = []

  init(hasSplitFolders: Bool) {
    self.hasSplitFolders = hasSplitFolders
  }

  /// False where pictures of two splits want one file for different contents, which folders for
  /// the splits prevent.
  mutating func write(_ datasets: [Dataset]) -> Bool {
    losses.add(datasets: datasets)
    let categories = CategoryTable(datasets)
    let writer = VOCWriter(names: categories.names.map { XMLText.escaped($0, losses: &losses) })
    var used = [Bool](repeating: false, count: categories.names.count)
    for (index, dataset) in datasets.enumerated() {
      let objects = ObjectTable(dataset, categories: categories.numbers[index], losses: &losses)
      objects.mark(&used)
      guard write(dataset, objects, writer) else { return false }
    }
    for list in lists { _ = files.add(list.path, Array(list.text.utf8)) }
    categories.addLosses(toUnlisted: &losses, used: used)
    return true
  }

  private mutating func write(
    _ dataset: Dataset, _ objects: ObjectTable, _ writer: VOCWriter
  ) -> Bool {
    let split = dataset.split.map(LabelPath.inside) ?? ""
    let folder = hasSplitFolders ? split : ""
    let firstOfSplit = files.count
    var list = ""
    for (index, image) in dataset.images.enumerated() {
      guard let name = LabelPath.stem(of: image.fileName, losses: &losses) else {
        losses.add(.stranded, objects[index].count)
        continue
      }
      let bytes = writer.document(
        image, folder: folder, objects[index], dataset.annotations, losses: &losses)
      let stem = Path.join(folder, name)
      if let place = files.add("Annotations/\(stem).xml", bytes) {
        let isShared = place < firstOfSplit && files.holds(bytes, at: place)
        if !isShared {
          if place < firstOfSplit, !hasSplitFolders { return false }
          losses.add(.takenPictures)
          losses.add(.stranded, objects[index].count)
          continue
        }
      }
      list += "\(stem)\n"
    }
    if !split.isEmpty { add(list, to: "ImageSets/Main/\(split).txt") }
    return true
  }

  private mutating func add(_ list: String, to path: String) {
    if let index = lists.firstIndex(where: { $0.path == path }) {
      lists[index].text += list
    } else {
      lists.append((path, list))
    }
  }
}
