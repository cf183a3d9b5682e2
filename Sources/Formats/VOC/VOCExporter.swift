import COCO
import Files

/// Pascal VOC: `Annotations/STEM.xml` for each picture, `ImageSets/Main/SPLIT.txt` for each split.
///
/// Boxes are written as their edges, xmax = x + width, so that reading them as written gives them
/// back within 1e-9 px. Pictures of the same path in two splits share a file where it says the
/// same of them; where it would not, every split gets a folder of its own.
///
/// A set without splits is listed as `train`, the list that torchvision's VOCDetection opens unless it
/// is told another, and so it reads back as that split.
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
      notes.append("the set has no splits; \(VOCFolder.list(of: "")) lists all its pictures")
    }
    if options.vocPixels == .oneBased {
      notes.append(
        "corners count pixels from 1, as --voc-pixels one-based asks; to read them takes it again")
    }
    let others = pictures.count { !$0.path.hasSuffix(".jpg") }
    if others > 0 {
      notes.append(
        (others == 1 ? "1 picture does" : "\(others) pictures do")
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

  /// Writes all files. Returns false where pictures of two splits need one file for different
  /// contents, which folders for the splits prevent.
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

/// Writes a picture with its objects as Pascal VOC's XML.
///
/// It has no XML declaration, as in VOC: `lxml` refuses one in text that is a string already.
struct VOCWriter {
  /// The categories' names by number, escaped.
  let names: [String]
  let numbers: VOCBoxNumbers

  /// Returns the XML of a picture, whose file is called so below `JPEGImages`.
  func document(
    _ image: Image, called fileName: String, _ objects: ArraySlice<WrittenObjects.Object>,
    _ annotations: [Annotation], losses: inout LossCounts
  ) -> [UInt8] {
    var output = TextOutput(capacity: 512 + 640 * objects.count)
    output.raw("<annotation>\n")
    append(image, called: fileName, to: &output, losses: &losses)
    for object in objects {
      output.raw("\t<object>\n\t\t<name>")
      output.append(verbatim: names[object.category])
      output.raw("</name>\n")
      append(
        annotations[object.annotation], box: object.box, on: image, to: &output, losses: &losses)
      output.raw("\t</object>\n")
    }
    output.raw("</annotation>\n")
    return output.bytes
  }

  private func append(
    _ image: Image, called fileName: String, to output: inout TextOutput, losses: inout LossCounts
  ) {
    let own = image.extra
    var isWhole = output.append(
      element: "folder", own["folder"] ?? "JPEGImages", indent: "\t", losses: &losses)
    output.raw("\t<filename>")
    output.append(xml: fileName, losses: &losses)
    output.raw("</filename>\n")
    let depth = Self.depth(of: image)
    for member in own.members where member.name != "folder" && member.name != "segmented" {
      if depth != nil, member.name == "depth" { continue }
      let isTaken = Self.fieldsOfPictures.contains(member.name)
      if isTaken
        || !output.append(element: member.name, member.value, indent: "\t", losses: &losses)
      {
        isWhole = false
      }
    }
    output.raw("\t<size>\n\t\t<width>")
    output.append(image.width)
    output.raw("</width>\n\t\t<height>")
    output.append(image.height)
    output.raw("</height>\n\t\t<depth>")
    output.append(depth ?? 3)
    output.raw("</depth>\n\t</size>\n")
    if !output.append(element: "segmented", own["segmented"] ?? 0, indent: "\t", losses: &losses) {
      isWhole = false
    }
    if !isWhole { losses.add(.pictureExtras) }
  }

  /// Returns the number of channels, which importers keep where it is not 3.
  private static func depth(of image: Image) -> Int? {
    guard case .integer(let depth)? = image.extra["depth"] else { return nil }
    return depth
  }

  private func append(
    _ annotation: Annotation, box: Box, on image: Image, to output: inout TextOutput,
    losses: inout LossCounts
  ) {
    appendAttributes(of: annotation, to: &output, losses: &losses)
    let meant = numbers.meant(box)
    if meant != box { losses.add(.roundedBoxes) }
    let box = meant
    output.raw("\t\t<bndbox>\n\t\t\t<xmin>")
    output.append(numbers.least(box.x0))
    output.raw("</xmin>\n\t\t\t<ymin>")
    output.append(numbers.least(box.y0))
    output.raw("</ymin>\n\t\t\t<xmax>")
    output.append(box.writtenX1)
    output.raw("</xmax>\n\t\t\t<ymax>")
    output.append(box.writtenY1)
    output.raw("</ymax>\n\t\t</bndbox>\n")
    var area = box.area
    if let polygons = annotation.onlyRing {
      append(polygons, to: &output)
      area = polygons.area(on: image) ?? area
    } else {
      losses.addOutline(of: annotation, ringsAreWritten: true)
    }
    if annotation.isCrowd == 1 { losses.add(.crowds) }
    if annotation.keypoints != nil { losses.add(.keypoints) }
    losses.add(annotation, area: area)
  }

  /// Appends what parsers expect of an object, then its attributes in their own order.
  private func appendAttributes(
    of annotation: Annotation, to output: inout TextOutput, losses: inout LossCounts
  ) {
    let members = annotation.attributes.members
    if !members.contains(where: { $0.name == "pose" }) {
      output.raw("\t\t<pose>Unspecified</pose>\n")
    }
    if !members.contains(where: { $0.name == "truncated" }) {
      output.raw("\t\t<truncated>0</truncated>\n")
    }
    if !members.contains(where: { $0.name == "difficult" }) {
      output.raw("\t\t<difficult>0</difficult>\n")
    }
    var isWhole = true
    for member in members {
      var value = member.value
      if case .bool(let flag) = value, Self.flags.contains(member.name) { value = flag ? 1 : 0 }
      let isTaken = Self.fieldsOfObjects.contains(member.name)
      if isTaken || !output.append(element: member.name, value, indent: "\t\t", losses: &losses) {
        isWhole = false
      }
    }
    if !isWhole { losses.add(.attributes) }
  }

  /// Attributes that parsers read as whole numbers.
  private static let flags = ["truncated", "difficult", "occluded"]
  /// What readers would not take for an attribute.
  private static let fieldsOfObjects = ["name", "bndbox", "polygon"]
  private static let fieldsOfPictures = ["filename", "size", "object"]

  /// Appends the corners as LabelImg and Roboflow write them: `<x1>`, `<y1>`, `<x2>` …
  private func append(_ polygons: Polygons, to output: inout TextOutput) {
    output.raw("\t\t<polygon>\n")
    polygons.forEachRing { ring in
      for (index, coordinate) in ring.enumerated() {
        let corner = index / 2 + 1
        let isX = index.isMultiple(of: 2)
        output.raw(isX ? "\t\t\t<x" : "\t\t\t<y")
        output.append(corner)
        output.raw(">")
        output.append(coordinate)
        output.raw(isX ? "</x" : "</y")
        output.append(corner)
        output.raw(">\n")
      }
    }
    output.raw("\t\t</polygon>\n")
  }
}
