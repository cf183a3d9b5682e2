import COCO
import Files

/// An exporter of `SPLIT/metadata.jsonl` among the images of each split, and a `README.md` that
/// names the classes.
///
/// A class's number is its category's place in the list, from 0. Boxes are x, y, width and height
/// in pixels, as in COCO.
struct HuggingFaceExporter: Exporter {

  init(_ options: ExportOptions) {}

  func export(_ datasets: [Dataset]) -> Exported {
    var losses = LossCounts()
    losses.add(datasets: datasets, keepsIDs: true)
    let folders = Self.folders(of: datasets)
    let categories = WrittenCategories(datasets)
    var files = WrittenFiles()
    var pictures: [PlacedPicture] = []
    for (place, dataset) in datasets.enumerated() {
      var dataset = dataset
      pictures += PictureNames.settle(
        in: &dataset, at: place, below: folders[place], losses: &losses)
      let objects = WrittenObjects(
        dataset, at: place, categories: categories.numbers[place], losses: &losses)
      var output = TextOutput(capacity: 256 * dataset.images.count + 96 * dataset.annotations.count)
      for (index, image) in dataset.images.enumerated() {
        guard !LabelPath.inside(image.fileName).isEmpty else {
          losses.leaveOut(.image, index, of: place, "it has no file name")
          continue
        }
        append(image, objects[index], dataset.annotations, to: &output, losses: &losses)
      }
      _ = files.add("\(folders[place])/metadata.jsonl", output.bytes)
    }
    let card = HuggingFaceCard(folders: folders, names: categories.names)
    _ = files.add("README.md", card.text)
    categories.addLosses(toListed: &losses)
    var exported = Exported(
      files: files.files, pictures: pictures, losses: losses.list, unwritable: losses.unwritable)
    if card.repeatsValidation {
      exported.notes.append(
        "README.md names the validation split as test too, because there is none")
    }
    return exported
  }

  /// Returns the folders that `datasets` reads as the splits, no two alike: train, validation and
  /// test, others by their own names.
  private static func folders(of datasets: [Dataset]) -> [String] {
    var taken: Set<String> = []
    return datasets.map { dataset in
      let own = LabelPath.inside(dataset.split ?? "train")
      let part = SplitName.part(own).map { $0 == "val" ? "validation" : $0 }
      let names = [part, own.isEmpty ? "train" : own].compactMap(\.self)
      if let free = names.first(where: { taken.insert($0).inserted }) { return free }
      var number = 2
      while !taken.insert("\(names[0])_\(number)").inserted { number += 1 }
      return "\(names[0])_\(number)"
    }
  }

  /// Appends the line of an image.
  private func append(
    _ image: Image, _ objects: ArraySlice<WrittenObjects.Object>,
    _ annotations: [Annotation], to output: inout TextOutput, losses: inout LossCounts
  ) {
    var columns = HuggingFaceObjects()
    for object in objects {
      let annotation = annotations[object.annotation]
      columns.add(annotation, object)
      losses.addOutline(of: annotation, ringsAreWritten: false)
      if annotation.keypoints != nil { losses.add(.keypoints) }
      if !annotation.attributes.isEmpty { losses.add(.attributes) }
      if !annotation.extra.isEmpty { losses.add(.annotationExtras) }
    }
    if !image.extra.isEmpty { losses.add(.pictureExtras) }
    let line: JSONObject = [
      "file_name": .string(image.fileName), "image_id": .integer(image.id),
      "width": .integer(image.width),
      "height": .integer(image.height), "objects": .object(columns.members),
    ]
    output.append(.object(line))
    output.raw("\n")
  }
}

/// The objects of an image, field by field.
private struct HuggingFaceObjects {
  private var ids: [JSONValue] = []
  private var areas: [JSONValue] = []
  private var boxes: [JSONValue] = []
  private var classes: [JSONValue] = []
  private var crowds: [JSONValue] = []

  mutating func add(_ annotation: Annotation, _ object: WrittenObjects.Object) {
    let box = object.box
    ids.append(.integer(annotation.id))
    areas.append(.number(annotation.area ?? box.area))
    boxes.append(.array([box.x, box.y, box.width, box.height].map { .number($0) }))
    classes.append(.integer(object.category))
    crowds.append(.integer(annotation.isCrowd == 1 ? 1 : 0))
  }

  var members: JSONObject {
    [
      "id": .array(ids), "area": .array(areas), "bbox": .array(boxes), "category": .array(classes),
      "iscrowd": .array(crowds),
    ]
  }
}
