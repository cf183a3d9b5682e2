import COCO
import Files

/// A reader of VOC's XML files one after the other. Each task needs its own.
struct VOCAnnotationReader {
  /// The results of a task.
  struct Batch: Sendable {
    var pictures = PictureBatch()
    var tallies = VOCTallies()
  }

  private(set) var batch = Batch()
  private let options: ImportOptions
  private let layout: VOCLayout
  private let finder: VOCPictureFinder
  private let file = FileBuffer()
  private let xml = XMLReader()
  private let attributes = VOCAttributes()
  private var knownFolders: (folder: OpenFolder, folders: VOCLayout.Folders)?

  init(options: ImportOptions, layout: VOCLayout) {
    self.options = options
    self.layout = layout
    finder = VOCPictureFinder(options, stems: layout.stems)
  }

  mutating func read(_ path: String, source: Int) {
    do throws(FileError) {
      try file.load(path)
    } catch {
      batch.pictures.read.images += 1
      let finding = Finding(error, kind: .unreadableFile, file: source)
      batch.pictures.rejections.append(Rejection(.image, finding, record: path))
      return
    }
    let fault = xml.read(UnsafeBufferPointer(start: file.bytes, count: file.count))
    let document = xml.document
    guard document.elements.first != nil, document.isNamed(0, "annotation") else {
      return reject(path, source: source, fault: fault)
    }
    if let fault, !document.cutsObject {
      batch.pictures.find(
        fault.kind, severity: .error, fault.message, at: Origin(file: source, offset: fault.offset))
    }
    let annotation = VOCAnnotation(
      document: document, source: source, pixels: options.vocPixels, difficult: options.difficult,
      attributes: attributes, fault: fault,
      onlyName: options.classNames?.count == 1 ? options.classNames?[0] : nil)
    var (objects, objectCount) = annotation.objects(&batch.pictures)
    annotation.tellRepeated(&batch.pictures)
    let folders = folders(for: path)
    let claim = annotation.pictureClaim(xmlPath: path)
    let found = finder.find(claim, in: folders.pictures, findings: &batch.pictures.findings)
    if let denied = found.denied { batch.tallies.deny(denied, in: path, at: claim.origin) }
    batch.pictures.read.images += 1
    guard let size = found.size ?? finder.sizer.sizeOfNone else {
      return reject(annotation, found, objects)
    }
    if !folders.masks.isEmpty, let origin = annotation.segmentedOrigin {
      let stem = Path.withoutExtension(Path.name(of: found.path))
      VOCSegmentation(locators: folders.masks, origin: origin).outline(
        &objects, of: objectCount, stems: stem == claim.stem ? [stem] : [claim.stem, stem],
        size: found.fileSize ?? size, findings: &batch.pictures.findings)
    }
    add(objects, of: annotation, found, size)
  }

  /// Adds an image with its objects to the batch.
  private mutating func add(
    _ objects: [VOCObject], of annotation: VOCAnnotation, _ found: VOCPictureFinder.Found,
    _ size: ImageSize
  ) {
    var annotations: [Annotation] = []
    annotations.reserveCapacity(objects.count)
    // Not taken out: doing so counts references.
    for index in objects.indices {
      count(objects[index].corners, at: objects[index].annotation.origin, size: size)
      annotations.append(objects[index].annotation)
    }
    batch.pictures.pictures.append(
      Picture(
        path: found.path,
        image: Image(
          id: 0, fileName: "", width: size.width, height: size.height,
          extra: annotation.imageExtra(), origin: Origin(file: annotation.source, offset: 0)),
        annotations: annotations, fileSize: found.fileSize, header: found.header))
  }

  /// Returns the possible folders of the files that belong to it. Files of one folder come
  /// together.
  private mutating func folders(for path: String) -> VOCLayout.Folders {
    if let known = knownFolders, known.folder.holds(path) { return known.folders }
    let folders = layout.folders(for: Path.folder(of: path))
    knownFolders = (OpenFolder(of: path), folders)
    return folders
  }

  private mutating func count(_ corners: VOCCorners?, at origin: Origin?, size: ImageSize) {
    guard let corners else { return }
    batch.tallies.count(corners, at: origin, size: size)
  }

  /// Rejects a file that is no annotation: another kind of XML, or broken before its first element
  /// ends.
  private mutating func reject(_ path: String, source: Int, fault: XMLFault?) {
    let origin = Origin(file: source, offset: fault?.offset ?? 0)
    batch.pictures.read.images += 1
    let message =
      fault?.message
      ?? (xml.document.elements.isEmpty
        ? "the file is empty"
        : "expected <annotation>, found <\(xml.document.name(of: 0))>")
    batch.pictures.reject(
      .image, fault?.kind ?? .malformedFile, message, at: origin,
      record: xml.document.source())
  }

  /// Rejects an image of unknown size, which cannot be written, with its objects.
  private mutating func reject(
    _ annotation: VOCAnnotation, _ found: VOCPictureFinder.Found, _ objects: [VOCObject]
  ) {
    let message = "\(Path.name(of: found.path)) has no size: no image file and no <size>"
    batch.pictures.reject(
      .image, .zeroImageSize, message, at: annotation.origin,
      record: xml.document.source())
    for object in objects {
      batch.pictures.rejectWithPicture(
        .unknownImage, "its image has no size", at: object.annotation.origin,
        record: annotation.record(object.element))
    }
  }
}
