import COCO

/// YOLO as Ultralytics reads it: `labels/SPLIT/STEM.txt` for each picture, and a `data.yaml` that
/// expects the pictures in `images/SPLIT`. What has no split goes to `train`.
///
/// A class's number is its category's place in the list. Numbers are the shortest decimals of
/// their doubles, so that boxes come back within 1e-9 px.
struct YOLOExporter: Exporter {

  private let options: ExportOptions

  init(_ options: ExportOptions) {
    self.options = options
  }

  func export(_ datasets: [Dataset]) -> Exported {
    var losses = Losses()
    losses.add(datasets: datasets)
    let categories = CategoryTable(datasets)
    let shape = options.yoloRows == .box ? YOLOKeypointShape(datasets) : nil
    let writer = YOLOWriter(rows: options.yoloRows, keypoints: shape)
    var files = FileTable()
    for (index, dataset) in datasets.enumerated() {
      let objects = ObjectTable(dataset, categories: categories.numbers[index], losses: &losses)
      write(dataset, objects, writer, to: &files, losses: &losses)
    }
    let settings = YOLOSettings(
      splits: datasets.map(Self.folder), names: categories.names, keypoints: shape)
    _ = files.add("data.yaml", settings.text(losses: &losses))
    categories.addLosses(toListed: &losses)
    return Exported(files: files.files, losses: losses.list)
  }

  private func write(
    _ dataset: Dataset, _ objects: ObjectTable, _ writer: YOLOWriter, to files: inout FileTable,
    losses: inout Losses
  ) {
    let folder = "labels/" + Self.folder(of: dataset)
    for (index, image) in dataset.images.enumerated() {
      if !image.extra.isEmpty { losses.add(.pictureExtras) }
      guard let stem = LabelPath.stem(of: image.fileName, losses: &losses) else {
        losses.add(.stranded, objects[index].count)
        continue
      }
      guard objects[index].isEmpty || (image.width > 0 && image.height > 0) else {
        losses.add(.unsizedPictures)
        losses.add(.stranded, objects[index].count)
        continue
      }
      let path = "\(folder)/\(stem).txt"
      if files.contains(path) {
        losses.add(.takenPictures)
        losses.add(.stranded, objects[index].count)
        continue
      }
      let rows = writer.rows(image, objects[index], dataset.annotations, losses: &losses)
      _ = files.add(path, rows)
    }
  }

  /// The split's folder below `images` and `labels`.
  private static func folder(of dataset: Dataset) -> String {
    let folder = LabelPath.inside(dataset.split ?? "train")
    return folder.isEmpty ? "train" : folder
  }
}
