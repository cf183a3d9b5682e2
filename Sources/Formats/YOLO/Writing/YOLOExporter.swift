import COCO

/// An exporter of YOLO as Ultralytics reads it: `labels/SPLIT/STEM.txt` for each image, and a
/// `data.yaml` that expects the images in `images/SPLIT`. Data without a split becomes `train`.
///
/// A class's number is its category's place in the list. Numbers are the shortest decimals of their
/// doubles, so that boxes read back within 1e-9 px.
struct YOLOExporter: Exporter {

  private let options: ExportOptions

  init(_ options: ExportOptions) {
    self.options = options
  }

  func export(_ datasets: [Dataset]) -> Exported {
    var losses = LossCounts()
    losses.add(datasets: datasets)
    let categories = WrittenCategories(datasets)
    let shape = options.yoloRows == .box ? YOLOKeypointShape(datasets) : nil
    let writer = YOLOWriter(rows: options.yoloRows, keypoints: shape)
    var files = WrittenFiles()
    var pictures: [PlacedPicture] = []
    for (index, dataset) in datasets.enumerated() {
      let objects = WrittenObjects(
        dataset, at: index, categories: categories.numbers[index], losses: &losses)
      pictures += write(dataset, at: index, objects, writer, to: &files, losses: &losses)
    }
    let settings = YOLOSettings(
      splits: datasets.map(YOLOPlaces.folder), names: categories.names, keypoints: shape,
      losses: &losses)
    _ = files.add("data.yaml", settings.text)
    categories.addLosses(toListed: &losses)
    var exported = Exported(
      files: files.files, pictures: pictures, losses: losses.list, unwritable: losses.unwritable,
      findings: losses.findings, notes: settings.notes)
    // Ultralytics knows labels by their names and the sum of their sizes.
    exported.stale = datasets.map { "labels/\(YOLOPlaces.folder(of: $0)).cache" }
    return exported
  }

  /// Returns the datasets with the boxes that readers make: rows of corners hold none, and readers
  /// use the one around the corners.
  func meant(_ datasets: [Dataset]) -> [Dataset] {
    if options.yoloRows == .box { return datasets }
    var meant = datasets
    for place in datasets.indices {
      let images = Dictionary(datasets[place].images.map { ($0.id, $0) }) { first, _ in first }
      for (index, annotation) in datasets[place].annotations.enumerated() {
        guard let image = images[annotation.imageID] else { continue }
        meant[place].annotations[index].box =
          YOLOCorners.extent(of: annotation, on: image, as: options.yoloRows)
      }
    }
    return meant
  }

  /// Writes the labels of a split and returns the places of its images.
  private func write(
    _ dataset: Dataset, at place: Int, _ objects: WrittenObjects, _ writer: YOLOWriter,
    to files: inout WrittenFiles, losses: inout LossCounts
  ) -> [PlacedPicture] {
    let places = YOLOPlaces(dataset)
    var pictures: [PlacedPicture] = []
    pictures.reserveCapacity(dataset.images.count)
    for (index, image) in dataset.images.enumerated() {
      guard let picture = places.picture(at: index), let path = YOLOLabelRule.label(of: picture)
      else {
        losses.leaveOut(.image, index, of: place, "it has no file name")
        continue
      }
      guard objects[index].isEmpty || (image.width > 0 && image.height > 0) else {
        losses.leaveOut(.image, index, of: place, "its size is not known")
        continue
      }
      if let owner = files.picture(of: path) {
        losses.leaveOut(.image, index, of: place, "its label file is that of \(owner)")
        continue
      }
      // A placed picture may lose the folders before its name.
      if let name = places.names[index], name != image.fileName,
        !(options.placesPictures && image.fileName.hasSuffix("/\(name)"))
      {
        losses.add(.renamedPictures)
      }
      if !image.extra.isEmpty { losses.add(.pictureExtras) }
      let rows = writer.rows(image, objects[index], dataset.annotations, losses: &losses)
      _ = files.add(path, rows, of: image.fileName)
      pictures.append(PlacedPicture(dataset: place, index: index, path: picture))
    }
    return pictures
  }
}
