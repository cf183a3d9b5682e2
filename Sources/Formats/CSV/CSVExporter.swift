import COCO

/// An exporter of `annotations.csv` with the columns of TensorFlow's tables, an object on each row;
/// an image without objects has a row with empty fields.
///
/// A column `split` follows if there are splits, then one for each attribute, then `iscrowd` if
/// there are crowds. Boxes are written as their edges, xmax = x + width, and read back within 1e-9
/// px.
struct CSVExporter: Exporter {

  init(_ options: ExportOptions) {}

  func export(_ datasets: [Dataset]) -> Exported {
    var losses = LossCounts()
    losses.add(datasets: datasets)
    let categories = WrittenCategories(datasets)
    var used = [Bool](repeating: false, count: categories.names.count)
    var tables: [WrittenObjects] = []
    for (index, dataset) in datasets.enumerated() {
      let objects = WrittenObjects(
        dataset, at: index, categories: categories.numbers[index], losses: &losses)
      objects.mark(&used)
      tables.append(objects)
    }
    let writer = CSVWriter(
      columns: CSVTableColumns(datasets), classes: categories.names.map(CSVQuoting.quoted))
    var output = TextOutput(capacity: 1 << 20)
    writer.appendHeader(to: &output)
    var known: Set<String> = []
    for (place, (dataset, objects)) in zip(datasets, tables).enumerated() {
      for (index, image) in dataset.images.enumerated() {
        guard !image.fileName.isEmpty else {
          losses.leaveOut(.image, index, of: place, "it has no file name")
          continue
        }
        if !image.extra.isEmpty { losses.add(.pictureExtras) }
        let isNew = known.insert("\(dataset.split ?? "")/\(image.fileName)").inserted
        if !isNew { losses.add(.mergedPictures) }
        writer.append(
          image, split: dataset.split, objects[index], dataset.annotations, to: &output,
          losses: &losses)
      }
    }
    categories.addLosses(toUnlisted: &losses, used: used)
    let file = ExportedFile(path: "annotations.csv", contents: .bytes(output.bytes))
    return Exported(files: [file], losses: losses.list, unwritable: losses.unwritable)
  }
}

/// A writer of images with their objects as rows.
struct CSVWriter {
  let columns: CSVTableColumns
  /// The categories' names by number, quoted.
  let classes: [String]

  func appendHeader(to output: inout TextOutput) {
    output.append(verbatim: CSVTableColumns.standard.joined(separator: ","))
    if columns.hasSplit { output.raw(",split") }
    for name in columns.attributes {
      output.raw(",")
      output.append(csv: name)
    }
    if columns.hasCrowd { output.raw(",iscrowd") }
    output.raw("\n")
  }

  func append(
    _ image: Image, split: String?, _ objects: ArraySlice<WrittenObjects.Object>,
    _ annotations: [Annotation], to output: inout TextOutput, losses: inout LossCounts
  ) {
    let picture = fields(of: image)
    let split = split.map(CSVQuoting.quoted) ?? ""
    for object in objects {
      output.append(verbatim: picture)
      output.append(verbatim: classes[object.category])
      append(object.box, to: &output)
      appendSplit(split, to: &output)
      append(annotations[object.annotation], to: &output, losses: &losses)
      output.raw("\n")
      addLosses(of: annotations[object.annotation], object.box, to: &losses)
    }
    if objects.isEmpty {
      output.append(verbatim: picture)
      output.raw(",,,,")
      appendSplit(split, to: &output)
      for _ in columns.attributes { output.raw(",") }
      if columns.hasCrowd { output.raw(",") }
      output.raw("\n")
    }
  }

  /// Returns the fields that all rows of an image begin with, up to the class. An unknown size is
  /// left empty.
  private func fields(of image: Image) -> String {
    var output = TextOutput(capacity: 64)
    output.append(csv: image.fileName)
    for size in [image.width, image.height] {
      output.raw(",")
      if size > 0 { output.append(size) }
    }
    output.raw(",")
    return output.text
  }

  private func append(_ box: Box, to output: inout TextOutput) {
    output.raw(",")
    output.append(box.x0)
    output.raw(",")
    output.append(box.y0)
    output.raw(",")
    output.append(box.writtenX1)
    output.raw(",")
    output.append(box.writtenY1)
  }

  private func appendSplit(_ split: String, to output: inout TextOutput) {
    guard columns.hasSplit else { return }
    output.raw(",")
    output.append(verbatim: split)
  }

  private func append(
    _ annotation: Annotation, to output: inout TextOutput, losses: inout LossCounts
  ) {
    let members = annotation.attributes.members
    var written = 0
    for name in columns.attributes {
      output.raw(",")
      guard let value = members.last(where: { $0.name == name })?.value else { continue }
      if append(value, to: &output) { written += 1 }
    }
    if columns.hasCrowd {
      output.raw(",")
      output.append(annotation.isCrowd ?? 0)
    }
    if written < members.count { losses.add(.attributes) }
  }

  /// Appends a value; returns false if the field remains empty.
  private func append(_ value: JSONValue, to output: inout TextOutput) -> Bool {
    if case .string(let text) = value {
      output.append(csv: text)
      return !text.isEmpty
    }
    guard value.isText else { return false }
    output.append(plain: value)
    return true
  }

  private func addLosses(of annotation: Annotation, _ box: Box, to losses: inout LossCounts) {
    losses.addOutline(of: annotation, ringsAreWritten: false)
    if annotation.keypoints != nil { losses.add(.keypoints) }
    losses.add(annotation, area: box.area)
  }
}

/// The columns that a table has beside TensorFlow's.
struct CSVTableColumns {
  let hasSplit: Bool
  /// The attributes that a field can hold, sorted.
  let attributes: [String]
  let hasCrowd: Bool

  init(_ datasets: [Dataset]) {
    hasSplit = datasets.count > 1 || datasets.contains { $0.split != nil }
    hasCrowd = datasets.contains { $0.annotations.contains { ($0.isCrowd ?? 0) != 0 } }
    attributes = Self.attributes(of: datasets)
  }

  private static func attributes(of datasets: [Dataset]) -> [String] {
    var names: Set<String> = []
    var kept: [String: Bool] = [:]
    func isHeld(_ member: JSONObject.Member) -> Bool {
      if case .string("") = member.value { return false }
      guard member.value.isText else { return false }
      if let known = kept[member.name] { return known }
      let isKept = isKept(member.name)
      kept[member.name] = isKept
      return isKept
    }
    // Annotations mostly have the same attributes in the same order.
    var previous: [String] = []
    for dataset in datasets {
      for annotation in dataset.annotations {
        let members = annotation.attributes.members
        if members.count == previous.count,
          zip(members, previous).allSatisfy({ $0.name == $1 })
        {
          continue
        }
        let held = members.filter(isHeld)
        names.formUnion(held.map(\.name))
        previous = held.count == members.count ? held.map(\.name) : []
      }
    }
    return names.sorted()
  }

  /// Returns whether a reader keeps the column as an attribute, and takes it for nothing else.
  private static func isKept(_ name: String) -> Bool {
    let names = standard + [name]
    guard !standard.contains(CSVRole.plain(name)), var finder = try? CSVColumnFinder(names),
      let columns = finder.columns()
    else { return false }
    return columns.image == 0 && columns.label == 3
      && columns.kept.contains { $0.column == standard.count }
  }

  /// The columns that every table has.
  static let standard = [
    "filename", "width", "height", "class", "xmin", "ymin", "xmax", "ymax",
  ]
}

extension TextOutput {
  /// Appends a field, in quotes if necessary.
  mutating func append(csv text: String) {
    append(verbatim: CSVQuoting.quoted(text))
  }
}

/// The quoting of CSV: RFC 4180, with line feeds.
enum CSVQuoting {
  /// Returns a field, in quotes also if a reader that guesses the delimiter or trims blanks could
  /// be misled.
  static func quoted(_ text: String) -> String {
    guard needsQuotes(text) else { return text }
    var quoted = "\""
    for scalar in text.unicodeScalars {
      if scalar == "\"" { quoted += "\"" }
      quoted.unicodeScalars.append(scalar)
    }
    return quoted + "\""
  }

  private static func needsQuotes(_ text: String) -> Bool {
    let isPlain = text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: ";"), UInt8(ascii: "|"),
        UInt8(ascii: "'"), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"):
        false
      default: true
      }
    }
    let blank = UInt8(ascii: " ")
    return !isPlain || text.utf8.first == blank || text.utf8.last == blank
  }
}
