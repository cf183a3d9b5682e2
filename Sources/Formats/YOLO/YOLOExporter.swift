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
    var losses = LossCounts()
    losses.add(datasets: datasets)
    let categories = WrittenCategories(datasets)
    let shape = options.yoloRows == .box ? YOLOKeypointShape(datasets) : nil
    let writer = YOLOWriter(rows: options.yoloRows, keypoints: shape)
    var files = WrittenFiles()
    for (index, dataset) in datasets.enumerated() {
      let objects = WrittenObjects(
        dataset, at: index, categories: categories.numbers[index], losses: &losses)
      write(dataset, at: index, objects, writer, to: &files, losses: &losses)
    }
    let settings = YOLOSettings(
      splits: datasets.map(Self.folder), names: categories.names, keypoints: shape)
    _ = files.add("data.yaml", settings.text(losses: &losses))
    categories.addLosses(toListed: &losses)
    return Exported(files: files.files, losses: losses.list, unwritable: losses.unwritable)
  }

  private func write(
    _ dataset: Dataset, at place: Int, _ objects: WrittenObjects, _ writer: YOLOWriter,
    to files: inout WrittenFiles, losses: inout LossCounts
  ) {
    let folder = "labels/" + Self.folder(of: dataset)
    for (index, image) in dataset.images.enumerated() {
      guard let stem = LabelPath.stem(of: image.fileName, losses: &losses) else {
        losses.leaveOut(.image, index, of: place, "it has no file name")
        continue
      }
      guard objects[index].isEmpty || (image.width > 0 && image.height > 0) else {
        losses.leaveOut(.image, index, of: place, "its size is not known")
        continue
      }
      let path = "\(folder)/\(stem).txt"
      if let owner = files.picture(of: path) {
        losses.leaveOut(.image, index, of: place, "its label file is that of \(owner)")
        continue
      }
      if !image.extra.isEmpty { losses.add(.pictureExtras) }
      let rows = writer.rows(image, objects[index], dataset.annotations, losses: &losses)
      _ = files.add(path, rows, of: image.fileName)
    }
  }

  /// Returns the split's folder below `images` and `labels`.
  private static func folder(of dataset: Dataset) -> String {
    let folder = LabelPath.inside(dataset.split ?? "train")
    return folder.isEmpty ? "train" : folder
  }
}

/// Writes a picture's objects as rows of numbers relative to its size.
struct YOLOWriter {
  let rows: ExportOptions.YOLORows
  /// The number of keypoints in a row; nil for rows without any.
  let keypoints: YOLOKeypointShape?

  func rows(
    _ image: Image, _ objects: ArraySlice<WrittenObjects.Object>, _ annotations: [Annotation],
    losses: inout LossCounts
  ) -> [UInt8] {
    if objects.isEmpty { return [] }
    var output = TextOutput(capacity: 96 * objects.count)
    var outlined = 0
    for object in objects {
      let annotation = annotations[object.annotation]
      output.append(object.category)
      if let ring = rows == .polygon ? annotation.onlyRing : nil {
        append(ring, on: image, to: &output)
        outlined += 1
        losses.add(annotation, area: ring.area(on: image) ?? object.box.area)
      } else {
        append(object.box, on: image, to: &output)
        losses.addOutline(of: annotation, ringsAreWritten: rows == .polygon)
        losses.add(annotation, area: object.box.area)
      }
      appendKeypoints(of: annotation, on: image, to: &output, losses: &losses)
      output.raw("\n")
      if !annotation.attributes.isEmpty { losses.add(.attributes) }
      if annotation.isCrowd == 1 { losses.add(.crowds) }
    }
    if outlined > 0, outlined < objects.count { losses.add(.mixedRows) }
    return output.bytes
  }

  private func append(_ box: Box, on image: Image, to output: inout TextOutput) {
    let width = Double(image.width)
    let height = Double(image.height)
    output.raw(" ")
    output.append((box.x + box.width / 2) / width)
    output.raw(" ")
    output.append((box.y + box.height / 2) / height)
    output.raw(" ")
    output.append(box.width / width)
    output.raw(" ")
    output.append(box.height / height)
  }

  private func append(_ polygons: Polygons, on image: Image, to output: inout TextOutput) {
    let width = Double(image.width)
    let height = Double(image.height)
    polygons.forEachRing { ring in
      for (index, coordinate) in ring.enumerated() {
        output.raw(" ")
        output.append(coordinate / (index.isMultiple(of: 2) ? width : height))
      }
    }
  }

  /// Appends keypoints. Every row has the same number of them, so that an object without any gets
  /// unlabelled ones: 0 0 0.
  private func appendKeypoints(
    of annotation: Annotation, on image: Image, to output: inout TextOutput,
    losses: inout LossCounts
  ) {
    let own = annotation.keypoints
    guard let keypoints else {
      if own != nil { losses.add(.keypoints) }
      return
    }
    guard let own, own.count == 3 * keypoints.count, own.allSatisfy(\.isFinite) else {
      losses.add(own == nil ? .noKeypoints : .keypoints)
      for _ in 0..<keypoints.count { output.raw(" 0 0 0") }
      return
    }
    for start in stride(from: 0, to: own.count, by: 3) {
      output.raw(" ")
      output.append(own[start] / Double(image.width))
      output.raw(" ")
      output.append(own[start + 1] / Double(image.height))
      output.raw(" ")
      output.append(own[start + 2])
    }
  }
}

/// The number of keypoints that every object has: `kpt_shape` of `data.yaml`.
struct YOLOKeypointShape {
  let count: Int

  /// Returns nil where no annotation has keypoints, or not all categories have the same number.
  /// Categories that do not list theirs, as those read from YOLO, are taken by their annotations.
  init?(_ datasets: [Dataset]) {
    var counts: Set<Int> = []
    for dataset in datasets {
      for annotation in dataset.annotations {
        if let keypoints = annotation.keypoints { counts.insert(keypoints.count / 3) }
      }
    }
    let isUsed = !counts.isEmpty
    let listed = datasets.flatMap(\.categories).map { category in
      if case .array(let names)? = category.extra["keypoints"] { names.count } else { 0 }
    }
    if listed.contains(where: { $0 > 0 }) { counts = Set(listed) }
    guard isUsed, counts.count == 1, let count = counts.first, count > 0 else { return nil }
    self.count = count
  }
}

/// `data.yaml`: where the pictures of each split are, and the names of the classes.
struct YOLOSettings {
  /// The splits' folders below `images`.
  let splits: [String]
  /// By number.
  let names: [String]
  let keypoints: YOLOKeypointShape?

  func text(losses: inout LossCounts) -> [UInt8] {
    var output = TextOutput()
    for (key, folder) in keys(losses: &losses) {
      output.append(yaml: key)
      output.raw(": ")
      output.append(yaml: "images/\(folder)")
      output.raw("\n")
    }
    if let keypoints {
      output.raw("\nkpt_shape: [")
      output.append(keypoints.count)
      output.raw(", 3]\n")
    }
    output.raw(names.isEmpty ? "\nnames: []\n" : "\nnames:\n")
    for (number, name) in names.enumerated() {
      output.raw("  ")
      output.append(number)
      output.raw(": ")
      output.append(yaml: name)
      output.raw("\n")
    }
    return output.bytes
  }

  /// Returns the splits under the words that Ultralytics looks for, in its order, then the others
  /// under their own names.
  private func keys(losses: inout LossCounts) -> [(key: String, folder: String)] {
    var rest: [String] = []
    for split in splits where !rest.contains(split) { rest.append(split) }
    var keys: [(String, String)] = []
    for (key, synonyms) in [
      ("train", ["train"]), ("val", ["val", "valid", "validation"]), ("test", ["test"]),
    ] {
      guard let folder = synonyms.first(where: rest.contains) else { continue }
      keys.append((key, folder))
      rest.removeAll { $0 == folder }
    }
    let taken = ["path", "names", "nc", "kpt_shape", "train", "val", "test"]
    for split in rest {
      losses.add(.unknownSplits)
      if !taken.contains(split) { keys.append((split, split)) }
    }
    return keys
  }
}
