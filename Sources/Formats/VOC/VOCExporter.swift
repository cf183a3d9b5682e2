import COCO
import Files

/// An exporter of Pascal VOC: `Annotations/STEM.xml` for each image, `ImageSets/Main/SPLIT.txt` for
/// each split.
///
/// Boxes are written as their edges, xmax = x + width, so that reading them as written gives them
/// back within 1e-9 px. Images of the same path in two splits share a file if it has the same
/// contents for both; if not, every split gets a folder of its own.
///
/// A set without splits is listed as `train`, the list that torchvision's VOCDetection opens by
/// default, and so it reads back as that split.
struct VOCExporter: Exporter {

  private let options: ExportOptions

  init(_ options: ExportOptions) {
    self.options = options
  }

  func export(_ datasets: [Dataset]) -> Exported {
    var folder = VOCFolder(options, hasSplitFolders: false)
    if !folder.write(datasets) {
      folder = VOCFolder(options, hasSplitFolders: true)
      _ = folder.write(datasets)
    }
    return Exported(
      files: folder.files.files, pictures: folder.pictures, losses: folder.losses.list,
      unwritable: folder.losses.unwritable, notes: notes(on: folder.pictures, of: datasets))
  }

  func meant(_ datasets: [Dataset]) -> [Dataset] {
    guard options.vocIsWhole else { return datasets }
    let numbers = VOCBoxNumbers(options)
    return datasets.map { dataset in
      var dataset = dataset
      for index in dataset.annotations.indices {
        guard let box = dataset.annotations[index].box else { continue }
        dataset.annotations[index].box = numbers.meant(box)
      }
      return dataset
    }
  }

  private func notes(on pictures: [PlacedPicture], of datasets: [Dataset]) -> [String] {
    var notes: [String] = []
    if !pictures.isEmpty, !datasets.contains(where: { $0.split != nil }) {
      notes.append("the set has no splits; \(VOCFolder.list(of: "")) lists all its images")
    }
    if options.vocPixels == .oneBased {
      notes.append(
        "corners count pixels from 1, as VOC's readers expect; --voc-pixels one-based reads them")
    }
    let others = pictures.count { !$0.path.hasSuffix(".jpg") }
    if others > 0 {
      notes.append(
        (others == 1 ? "1 image does" : "\(others) images do")
          + " not end in .jpg, and torchvision's VOCDetection opens no others")
    }
    return notes
  }
}

/// The files of a VOC folder in the making.
private struct VOCFolder {
  private(set) var files = WrittenFiles()
  private(set) var pictures: [PlacedPicture] = []
  private(set) var losses = LossCounts()
  private let options: ExportOptions
  private let hasSplitFolders: Bool
  /// The lists of `ImageSets`, one stem a line.
  private var lists: [(path: String, text: String)] = []

  init(_ options: ExportOptions, hasSplitFolders: Bool) {
    self.options = options
    self.hasSplitFolders = hasSplitFolders
  }

  /// Returns the path of a split's list; of a set without splits the split is empty.
  static func list(of split: String) -> String {
    "ImageSets/Main/\(split.isEmpty ? "train" : split).txt"
  }

  /// Writes all files. Returns false if images of two splits need one file with different contents,
  /// which folders for the splits prevent.
  mutating func write(_ datasets: [Dataset]) -> Bool {
    losses.add(datasets: datasets)
    let categories = WrittenCategories(datasets)
    let writer = VOCWriter(
      names: categories.names.map { XMLText.escaped($0, losses: &losses) },
      numbers: VOCBoxNumbers(options))
    var used = [Bool](repeating: false, count: categories.names.count)
    for (index, dataset) in datasets.enumerated() {
      let objects = WrittenObjects(
        dataset, at: index, categories: categories.numbers[index], losses: &losses)
      objects.mark(&used)
      guard write(dataset, at: index, objects, writer) else { return false }
    }
    for list in lists { _ = files.add(list.path, Array(list.text.utf8)) }
    categories.addLosses(toUnlisted: &losses, used: used)
    return true
  }

  private mutating func write(
    _ dataset: Dataset, at place: Int, _ objects: WrittenObjects, _ writer: VOCWriter
  ) -> Bool {
    let split = dataset.split.map(LabelPath.inside) ?? ""
    let folder = hasSplitFolders ? split : ""
    let firstOfSplit = files.count
    var list = ""
    for (index, image) in dataset.images.enumerated() {
      guard let name = LabelPath.stem(of: image.fileName, losses: &losses) else {
        losses.leaveOut(.image, index, of: place, "it has no file name")
        continue
      }
      let safe = LabelPath.inside(image.fileName)
      var lost = losses
      let bytes = writer.document(
        image, called: Path.join(folder, options.placesPictures ? safe : image.fileName),
        objects[index], dataset.annotations, losses: &lost)
      let stem = Path.join(folder, name)
      let path = "Annotations/\(stem).xml"
      if let file = files.add(path, bytes, of: image.fileName) {
        let isShared = file < firstOfSplit && files.holds(bytes, at: file)
        if !isShared {
          if file < firstOfSplit, !hasSplitFolders { return false }
          let owner = files.picture(of: path) ?? ""
          losses.leaveOut(.image, index, of: place, "its label file is that of \(owner)")
          continue
        }
      }
      losses = lost
      list += "\(stem)\n"
      pictures.append(
        PlacedPicture(
          dataset: place, index: index, path: "JPEGImages/\(Path.join(folder, safe))"))
    }
    if !split.isEmpty || !list.isEmpty { add(list, to: Self.list(of: split)) }
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
