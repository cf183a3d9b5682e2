import COCO
import Files

/// A builder of images with annotations from a table's rows.
struct CSVPictureBuilder: Sendable {
  /// The results of a task.
  struct Batch: Sendable {
    var pictures = PictureBatch()
    var odd = OddPictures()
  }

  /// Images of which only the number and the first are reported.
  struct OddPictures: Sendable {
    var missing = CSVTally()
    var foreign = CSVTally()
    /// The images whose names are percent-quoted in the table and plain in their folder, and the
    /// plain name of the first.
    var unquoted = CSVTally()
    var firstPlain = ""

    mutating func add(_ other: OddPictures) {
      missing.add(other.missing)
      foreign.add(other.foreign)
      if unquoted.count == 0 { firstPlain = other.firstPlain }
      unquoted.add(other.unquoted)
    }
  }

  let table: CSVTable
  /// The meaning of the table's numbers, copied from its layout once.
  let numbers: CSVColumns.Numbers
  let areNormalised: Bool
  let labels: LabelTable
  /// The class of each of the table's labels.
  let classNumbers: [Int32]
  let finder: CSVPictureFinder
  let sizer: PictureSizer
  let options: ImportOptions

  /// Builds the images of these numbers.
  func build(_ numbers: ArraySlice<Int>) -> Batch {
    var batch = Batch()
    batch.pictures.labels = labels
    batch.pictures.pictures.reserveCapacity(numbers.count)
    for number in numbers { build(number, into: &batch) }
    return batch
  }

  private func build(_ number: Int, into batch: inout Batch) {
    let picture = table.pictures[number]
    batch.pictures.read.images += 1
    let path = CSVPicturePath(picture.name)
    let located = locate(picture, path, &batch)
    if path.isAbsolute, located?.path != path.absolute {
      batch.odd.foreign.add(picture.name, at: picture.offset)
    }
    guard let size = size(of: picture, located, &batch) else {
      return reject(number, picture, located, &batch.pictures)
    }
    // Parts are those of the picture, whatever size the image keeps.
    let fileSize = sizer.size(of: located)
    let scale = areNormalised ? fileSize ?? size : size
    var annotations: [Annotation] = []
    annotations.reserveCapacity(table.rowCount(of: number))
    table.forEachRow(of: number) { place, row in
      append(place, row, size: scale, to: &annotations, &batch.pictures)
    }
    let found = located.map { $0.path.includes("..") ? Path.normalized($0.path) : $0.path }
    batch.pictures.pictures.append(
      Picture(
        path: found ?? finder.expectedPath(path),
        image: Image(
          id: 0, fileName: "", width: size.width, height: size.height,
          origin: table.origin(picture.offset)),
        annotations: annotations, fileSize: fileSize, header: try? located?.header.get()))
  }

  /// Returns the image file, which may have the plain form of a percent-quoted name.
  private func locate(
    _ picture: CSVPicture, _ path: CSVPicturePath, _ batch: inout Batch
  ) -> ImageLocator.Located? {
    guard let plain = path.unquoted else { return finder.locate(path) }
    // The whole path in plain words is surer than the end of the quoted one.
    if let located = finder.exactly(path) { return located }
    guard let located = finder.exactly(plain) ?? finder.locate(plain) else {
      return finder.locate(path)
    }
    if batch.odd.unquoted.count == 0 { batch.odd.firstPlain = Path.name(of: located.path) }
    batch.odd.unquoted.add(picture.name, at: picture.offset)
    return located
  }

  private func size(
    of picture: CSVPicture, _ located: ImageLocator.Located?, _ batch: inout Batch
  ) -> ImageSize? {
    reportConflict(picture, &batch.pictures)
    let claimed = sizer.usable(
      picture.size.map { ImageSize(width: $0.width, height: $0.height) })
    guard let located else {
      if let known = options.knownSizes[picture.name] { return known }
      if claimed != nil { batch.odd.missing.add(picture.name, at: picture.offset) }
      return claimed
    }
    // Of sizes that contradict each other one finding is enough.
    let isHeaderKnown = if case .success = located.header { true } else { false }
    let claim = PictureSizer.Claim(
      name: picture.name, origin: table.origin(picture.offset),
      size: picture.otherSize != nil && isHeaderKnown ? nil : claimed,
      sizeOrigin: picture.size.map { table.origin($0.offset) }, field: .fileName)
    var findings: [Finding] = []
    let size = sizer.size(claim, located, findings: &findings)
    if size != nil { batch.pictures.findings += findings }
    return size
  }

  private func reportConflict(_ picture: CSVPicture, _ batch: inout PictureBatch) {
    guard let size = picture.size, let other = picture.otherSize else { return }
    batch.find(
      .imageSizeMismatch,
      "\(picture.name) is \(other.width)×\(other.height) here and \(size.width)×\(size.height) "
        + "in its first row", at: table.origin(other.offset))
  }

  /// Rejects an image of unknown size, which cannot be written, with its objects.
  private func reject(
    _ number: Int, _ picture: CSVPicture, _ located: ImageLocator.Located?,
    _ batch: inout PictureBatch
  ) {
    var kind = FaultKind.missingImageFile
    var reason = "there is no file \(picture.name)"
    if let located, case .failure(let error) = located.header {
      kind = .unreadableImage
      reason = "\(Path.name(of: located.path)): \(error)"
    }
    batch.reject(
      .image, kind, "\(reason), and the table gives no size", at: table.origin(picture.offset),
      record: table.rowText(at: picture.offset), field: .fileName)
    table.forEachRow(of: number) { _, row in
      batch.rejectWithPicture(
        kind, "the size of its image is not known: \(reason)",
        at: table.origin(row.offset), record: table.rowText(at: row.offset))
    }
  }

  private func append(
    _ place: CSVTable.RowPlace, _ row: CSVRow, size: ImageSize,
    to annotations: inout [Annotation], _ batch: inout PictureBatch
  ) {
    let label = Int(row.label)
    let number = Int(classNumbers[label])
    guard number >= 0 else {
      return batch.reject(
        .annotation, .unknownCategory,
        "the list of classes has no \"\(table.labels[label].name)\"",
        at: table.origin(row.offset), record: table.rowText(at: row.offset), field: .categoryID)
    }
    guard row.extra >= 0 else {
      return annotations.append(
        Annotation(
          id: 0, imageID: 0, categoryID: number, box: box(row, size: size),
          origin: table.origin(row.offset)))
    }
    let extra = table.extra(place, row)
    if extra.isDifficult, options.difficult == .drop {
      return batch.rejections.append(dropped(row))
    }
    var annotation = extra.template
    annotation.categoryID = number
    annotation.box = box(row, size: size)
    annotation.origin = table.origin(row.offset)
    if !extra.rings.isEmpty { annotation.segmentation = outline(extra.rings, size: size) }
    if annotation.isChanged { batch.change("holes of outlines left out", annotations: 1) }
    annotations.append(annotation)
  }

  private func dropped(_ row: CSVRow) -> Rejection {
    Rejection(
      .annotation,
      Finding(
        .difficultObject, "left out, as --difficult drop requests",
        at: table.origin(row.offset)),
      record: table.rowText(at: row.offset))
  }

  private func box(_ row: CSVRow, size: ImageSize) -> Box {
    var (first, second, third, fourth) = (row.first, row.second, row.third, row.fourth)
    if areNormalised {
      first *= Double(size.width)
      second *= Double(size.height)
      third *= Double(size.width)
      fourth *= Double(size.height)
    }
    switch numbers {
    case .corners: return Box(x0: first, y0: second, x1: third, y1: fourth)
    case .extent: return Box(x: first, y: second, width: third, height: fourth)
    case .centre:
      return Box(x: first - third / 2, y: second - fourth / 2, width: third, height: fourth)
    }
  }

  private func outline(_ rings: [[Double]], size: ImageSize) -> Segmentation {
    guard areNormalised else { return .polygons(Polygons(rings)) }
    let scales = [Double(size.width), Double(size.height)]
    return .polygons(
      Polygons(rings.map { ring in ring.enumerated().map { $1 * scales[$0 % 2] } }))
  }
}
