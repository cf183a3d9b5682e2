import COCO
import Files

/// `SPLIT/metadata.jsonl` among the pictures of each split, and a `README.md` that names the classes.
///
/// A class's number is its category's place in the list, from 0. Boxes are x, y, width and height in
/// pixels, as in COCO.
struct HuggingFaceExporter: Exporter {

  init(_ options: ExportOptions) {}

  func export(_ datasets: [Dataset]) -> Exported {
    var losses = LossCounts()
    losses.add(datasets: datasets)
    let categories = WrittenCategories(datasets)
    var files = WrittenFiles()
    var pictures: [PlacedPicture] = []
    for (place, dataset) in datasets.enumerated() {
      let objects = WrittenObjects(
        dataset, at: place, categories: categories.numbers[place], losses: &losses)
      let folder = Self.folder(of: dataset.split)
      var output = TextOutput(capacity: 256 * dataset.images.count + 96 * dataset.annotations.count)
      for (index, image) in dataset.images.enumerated() {
        guard let stem = LabelPath.stem(of: image.fileName, losses: &losses) else {
          losses.leaveOut(.image, index, of: place, "it has no file name")
          continue
        }
        _ = stem
        let name = LabelPath.inside(image.fileName)
        append(image, name, objects[index], dataset.annotations, to: &output, losses: &losses)
        pictures.append(PlacedPicture(dataset: place, index: index, path: "\(folder)/\(name)"))
      }
      _ = files.add("\(folder)/metadata.jsonl", output.bytes)
    }
    let card = HuggingFaceCard(
      folders: datasets.map { Self.folder(of: $0.split) }, names: categories.names)
    _ = files.add("README.md", card.text)
    categories.addLosses(toListed: &losses)
    var exported = Exported(
      files: files.files, pictures: pictures, losses: losses.list, unwritable: losses.unwritable)
    if card.repeatsValidation {
      exported.notes.append("README.md names the validation part as test too, since there is none")
    }
    return exported
  }

  /// Returns the folder that `datasets` takes for the split: train, validation or test.
  private static func folder(of split: String?) -> String {
    switch split.flatMap({ SplitName.word(in: $0) })?.prefix(while: \.isLetter) {
    case "val": "validation"
    case let usual?: String(usual)
    case nil: split.map(LabelPath.inside) ?? "train"
    }
  }

  /// Appends the line of a picture.
  private func append(
    _ image: Image, _ name: String, _ objects: ArraySlice<WrittenObjects.Object>,
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
      "file_name": .string(name), "image_id": .integer(image.id), "width": .integer(image.width),
      "height": .integer(image.height), "objects": .object(columns.members),
    ]
    output.append(.object(line))
    output.raw("\n")
  }
}

/// The objects of a picture, field by field.
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
