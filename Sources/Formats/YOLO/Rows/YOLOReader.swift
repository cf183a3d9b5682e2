import COCO
import Files
import Images

/// The results of one task for a set.
struct YOLOPart: Sendable {
  var batch = PictureBatch()
  /// The text files that proved to be no labels.
  var ignored: [String] = []
  /// The number of rows of four corners, and of all rows that were kept.
  var quadrilaterals = 0
  var rows = 0
  /// The highest class number that no name stands for.
  var highestUnnamed: Int?
  /// The numbers of rows with unusual separators between their values, and the first of them.
  var separated: [YOLORow.Separator: (count: Int, first: Origin)] = [:]

  mutating func count(_ separator: YOLORow.Separator, at origin: Origin) {
    separated[separator, default: (0, origin)].count += 1
  }
}

/// A reader of the label files and image headers of some items, one after the other.
struct YOLOReader {
  let set: YOLOSet
  var part = YOLOPart()
  let text = LabelText()
  var row = YOLORow()
  private var pictureFolder: OpenFolder?

  /// Reads everything of `items`, whose sources have indices from `firstFile` on.
  static func read(_ items: ArraySlice<YOLOItem>, firstFile: Int, of set: YOLOSet) -> YOLOPart {
    var reader = YOLOReader(set)
    reader.part.batch.pictures.reserveCapacity(items.count)
    for (position, item) in items.enumerated() { reader.read(item, file: firstFile + position) }
    return reader.part
  }

  private init(_ set: YOLOSet) {
    self.set = set
    part.batch.labels = set.classes.labels
  }

  private mutating func read(_ item: YOLOItem, file: Int) {
    let origin = Origin(file: file, offset: 0)
    var isReadable = true
    if let label = item.label {
      do throws(FileError) {
        try text.load(label)
      } catch {
        isReadable = false
        part.batch.read.images += 1
        let finding = Finding(error, kind: .malformedFile, file: file)
        part.batch.rejections.append(Rejection(.image, finding, record: label))
      }
    }
    guard isReadable else { return }
    if let picture = item.picture {
      readPicture(item, picture, origin)
    } else {
      readWithoutPicture(item, origin)
    }
  }

  private mutating func readPicture(_ item: YOLOItem, _ path: String, _ origin: Origin) {
    part.batch.read.images += 1
    let name = Path.name(of: path)
    let located = ImageLocator.Located(
      path: path, match: item.match, header: header(path, name: name))
    // A loose match is told with the name that was looked for.
    let isExact = item.match == .exact
    let wanted = isExact ? name : item.wanted ?? item.label.map(Path.stem(of:)) ?? name
    let claim = PictureSizer.Claim(
      name: wanted, origin: item.wanted == nil ? origin : item.listed ?? origin)
    var findings: [Finding] = []
    let size = set.sizer.size(claim, located, findings: &findings)
    guard let size else {
      let reason = findings.popLast() ?? Finding(.unreadableImage, name, at: origin)
      part.batch.findings += findings
      reject(item, reason, record: path, origin)
      return
    }
    if !findings.isEmpty { part.batch.findings += findings }
    if item.label == nil {
      part.batch.find(
        .imageWithoutLabelFile,
        "\(name) has no label file; it is read as background", at: origin)
    }
    add(path, size, item, origin, header: try? located.header.get())
  }

  private mutating func header(
    _ path: String, name: String
  ) -> Result<ImageHeader, ImageError> {
    if pictureFolder?.holds(path) != true { pictureFolder = OpenFolder(of: path) }
    let descriptor = pictureFolder?.descriptor ?? -1
    return Result { () throws(ImageError) in try ImageHeader.read(path: name, in: descriptor) }
  }

  /// Reads a label whose image does not exist, or a row of a list that names one.
  private mutating func readWithoutPicture(_ item: YOLOItem, _ origin: Origin) {
    let expected = item.expectedPicture ?? ""
    if let known = set.knownPicture(expected) {
      part.batch.read.images += 1
      let path = Path.join(Path.folder(of: expected), Path.name(of: known.name))
      add(path, known.size, item, origin)
      return
    }
    if item.label == nil {
      part.batch.read.images += 1
      part.batch.reject(
        .image, .missingImageFile, "no file \(Path.name(of: expected))",
        at: item.listed ?? origin, record: expected)
      return
    }
    if item.listed == nil, !beginsWithNumbers() {
      part.ignored.append(item.label ?? "")
      return
    }
    part.batch.read.images += 1
    let finding = Finding(
      .labelWithoutImage,
      "no image \(Path.stem(of: expected)).* for this label file, so its size is unknown",
      at: origin)
    reject(item, finding, record: item.label ?? "", origin)
  }

  /// Returns whether the first row holds numbers only; true if there is none.
  private mutating func beginsWithNumbers() -> Bool {
    var position = text.start
    guard nextRow(&position) else { return true }
    return row.malformed == nil && row.values.count > 1
  }

  /// Leaves out an image with all its rows.
  private mutating func reject(
    _ item: YOLOItem, _ finding: Finding, record: String, _ origin: Origin
  ) {
    part.batch.rejections.append(Rejection(.image, finding, record: record))
    guard item.label != nil else { return }
    var position = text.start
    while nextRow(&position) {
      part.batch.read.annotations += 1
      part.batch.rejectWithPicture(
        finding.kind, "its image is left out",
        at: Origin(file: origin.file, offset: text.offset(row.starts[0])),
        record: row.text(in: text.bytes))
    }
  }

  /// Adds an image with its rows to the batch.
  private mutating func add(
    _ path: String, _ size: ImageSize, _ item: YOLOItem, _ origin: Origin,
    header: ImageHeader? = nil
  ) {
    let image = Image(
      id: 0, fileName: "", width: size.width, height: size.height, origin: origin)
    var picture = Picture(path: path, image: image, annotations: [], header: header)
    if item.label != nil {
      picture.annotations.reserveCapacity(text.lineCount)
      var position = text.start
      while nextRow(&position) { addRow(to: &picture, file: origin.file) }
    }
    part.batch.pictures.append(picture)
  }

  /// Reads the next row that is not blank.
  private mutating func nextRow(_ position: inout Int) -> Bool {
    let bytes = text.bytes
    while position < text.count, YOLORow.endsField(bytes[position]) { position += 1 }
    guard position < text.count else { return false }
    row.read(bytes, &position)
    return true
  }
}
