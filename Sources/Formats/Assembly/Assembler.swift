import COCO
import Files
import Images

/// An assembler that joins the batches of a split and turns them into a dataset: natural order, ids
/// from 1, file names relative to the folder that holds all images.
struct Assembler {
  /// An image and the place of its annotations.
  private struct Entry {
    var path: String
    var image: Image
    /// The image file's own size, as in `Picture`.
    var fileSize: ImageSize?
    var header: ImageHeader?
    var annotations: Range<Int>
  }

  private var entries: [Entry] = []
  /// The annotations of all images, with classes as indices in `labels`.
  private var annotations: [Annotation] = []
  private var labels: LabelTable
  /// The places at which the input lists classes, by name.
  private let classOrigins: [String: Origin]
  /// The place of the first use of each label in the input.
  private var firstUses: [Origin?] = []
  private let admission: Admission
  /// The expected number of images, if it is known.
  private var expectedPictures = 0
  /// Whether an image that comes again, from another table, is the same one with more objects.
  var joinsRows = false

  /// Creates an assembler. `classNames` is the format's own ordered list of classes, if it has one,
  /// and `classOrigins` the places at which the input lists them. A class that is not listed has
  /// the place of its first use.
  init(
    classNames: [String] = [], classOrigins: [String: Origin] = [:], options: ImportOptions
  ) {
    labels = LabelTable(classNames)
    self.classOrigins = classOrigins
    admission = Admission(options)
  }

  /// Reserves room for this number of annotations: growing would hold millions of them twice.
  mutating func reserve(annotations count: Int) {
    annotations.reserveCapacity(count)
  }

  /// Reserves room for the annotations of this number of images, once the first batch shows the
  /// usual number: growing would copy them again and again.
  mutating func expect(pictures count: Int) {
    expectedPictures = count
  }

  private mutating func makeRoom(after batch: PictureBatch) {
    guard expectedPictures > batch.pictures.count, !batch.pictures.isEmpty else { return }
    let met = batch.pictures.reduce(0) { $0 + $1.annotations.count }
    let scale = Double(expectedPictures) / Double(batch.pictures.count) * 1.06
    annotations.reserveCapacity(Int(Double(met) * scale))
    entries.reserveCapacity(expectedPictures)
  }

  /// Adds a batch's images and moves its other counts and findings to `imported`.
  mutating func add(_ batch: consuming PictureBatch, to imported: inout Imported) {
    imported.findings += batch.findings
    imported.rejections += batch.rejections
    imported.read += batch.read
    imported.changes.merge(batch.changes, uniquingKeysWith: +)
    let indices = batch.labels.names.map { labels.index(of: $0) }
    if entries.isEmpty { makeRoom(after: batch) }
    for picture in batch.pictures {
      let first = annotations.count
      annotations += picture.annotations
      for index in first..<annotations.count {
        annotations[index].categoryID = annotations[index].categoryID.map { indices[$0] }
      }
      entries.append(
        Entry(
          path: picture.path, image: picture.image, fileSize: picture.fileSize,
          header: picture.header, annotations: first..<annotations.count))
    }
  }

  /// Whether no image was added.
  var isEmpty: Bool { entries.isEmpty }

  /// Adds the split's dataset to `imported`. Classes keep the order of the format's list, with
  /// `classes` before all others; without a list they are sorted by name. The assembler is empty
  /// afterwards: its content is not copied.
  mutating func finish(
    split: String?, hasOwnOrder: Bool, classes: [String] = [], into imported: inout Imported
  ) {
    sortPictures()
    let folder = Path.common(of: folders()) ?? "."
    if joinsRows { joinRepeatedPictures(&imported) }
    if admission.judgesRecords { reportDuplicates(to: &imported) }
    var dataset = Dataset(split: split)
    let order = hasOwnOrder ? ownOrder(classes) : sortedLabels()
    firstUses = [Origin?](repeating: nil, count: labels.names.count)
    var ids = [Int](repeating: 0, count: labels.names.count)
    for (position, label) in order.enumerated() { ids[label] = position + 1 }
    dataset.images.reserveCapacity(entries.count)
    for index in entries.indices {
      entries[index].image.id = index + 1
      entries[index].image.fileName = Path.relative(entries[index].path, to: folder)
      dataset.images.append(entries[index].image)
    }
    dataset.annotations = admitAnnotations(ids: ids, to: &imported)
    for (entry, image) in zip(entries, dataset.images) where entry.header?.orientation ?? 1 > 1 {
      imported.turned.append(image.fileName)
    }
    if !admission.judgesRecords { imported.headers[split ?? ""] = entries.map(\.header) }
    entries = []
    dataset.categories = order.enumerated().map { position, label in
      let name = labels.names[label]
      return Category(
        id: position + 1, name: name, supercategory: "",
        origin: classOrigins[name] ?? firstUses[label])
    }
    imported.imageFolders[split ?? ""] = folder
    imported.datasets.append(dataset)
    shareOrigins(in: &imported.datasets)
  }

  /// Returns the folders of the images, once for consecutive images of one folder.
  private func folders() -> [String] {
    var folders: [String] = []
    var prefix = ""
    for index in entries.indices {
      let path = entries[index].path
      if !folders.isEmpty, Path.lies(path, directlyBelow: prefix) { continue }
      prefix = Path.prefix(of: path)
      folders.append(Path.folder(of: path))
    }
    return folders
  }

  /// Gives a class of the same name in several splits one place, the first in the input, so that a
  /// fault of it is reported once.
  private func shareOrigins(in datasets: inout [Dataset]) {
    if datasets.count < 2 { return }
    var firsts: [String: Origin] = [:]
    for category in datasets.lazy.flatMap(\.categories) {
      guard let origin = category.origin else { continue }
      firsts[category.name] = min(firsts[category.name] ?? origin, origin)
    }
    for split in datasets.indices {
      for index in datasets[split].categories.indices {
        datasets[split].categories[index].origin = firsts[datasets[split].categories[index].name]
      }
    }
  }

  /// Sorts the images if they are not in order: sorting moves large records, and most sets are in
  /// order.
  private mutating func sortPictures() {
    let isSorted = entries.indices.dropFirst().allSatisfy {
      !NaturalOrder.precedes(entries[$0].path, entries[$0 - 1].path)
    }
    if isSorted { return }
    entries.sort { NaturalOrder.precedes($0.path, $1.path) }
    var sorted: [Annotation] = []
    sorted.reserveCapacity(annotations.count)
    for index in entries.indices {
      let first = sorted.count
      sorted += annotations[entries[index].annotations]
      entries[index].annotations = first..<sorted.count
    }
    annotations = sorted
  }

  /// Returns the annotations that COCO can hold, completed and with their ids; the others are
  /// rejected.
  private mutating func admitAnnotations(ids: [Int], to imported: inout Imported) -> [Annotation] {
    var all = annotations
    annotations = []
    var kept = 0
    // By their places, since taking them out of the array would count references.
    all.withUnsafeMutableBufferPointer { all in
      guard let first = all.baseAddress else { return }
      for entry in entries.indices {
        // What outlines cover, and how far boxes reach, the file decides.
        if let size = entries[entry].fileSize {
          (entries[entry].image.width, entries[entry].image.height) = (size.width, size.height)
        }
        let image = entries[entry].image
        for index in entries[entry].annotations
        where admit(first + index, on: image, ids: ids, to: &imported) {
          if kept != index { all.swapAt(kept, index) }
          kept += 1
          first[kept - 1].id = kept
        }
      }
    }
    all.removeLast(all.count - kept)
    return all
  }

  /// Completes an annotation. Returns false, with a rejection, if COCO cannot hold it.
  private mutating func admit(
    _ annotation: UnsafeMutablePointer<Annotation>, on image: Image, ids: [Int],
    to imported: inout Imported
  ) -> Bool {
    let label = annotation.pointee.categoryID
    annotation.pointee.imageID = image.id
    annotation.pointee.categoryID = label.map { ids[$0] }
    if let label, let origin = annotation.pointee.origin {
      firstUses[label] = firstUses[label].map { min($0, origin) } ?? origin
    }
    switch admission.judge(annotation) {
    case .rejected(let finding):
      let record = annotation.pointee.asRecord(category: label.map { labels.names[$0] })
      imported.rejections.append(Rejection(.annotation, finding, record: record))
      return false
    case .fixed(let box, let what):
      annotation.pointee.box = box
      annotation.pointee.isChanged = true
      imported.changes[what, default: RecordCounts()] += RecordCounts(annotations: 1)
    case .admitted: break
    }
    if let note = admission.note(annotation, width: image.width, height: image.height) {
      imported.findings.append(note)
    }
    if annotation.pointee.isCrowd == nil { annotation.pointee.isCrowd = 0 }
    if annotation.pointee.area == nil {
      let area = Completion.area(of: annotation, on: image)
      annotation.pointee.area = area
    }
    return true
  }

  /// Returns the labels of `classes`, then all others in the order in which they were met.
  private mutating func ownOrder(_ classes: [String]) -> [Int] {
    let first = classes.map { labels.index(of: $0) }
    let named = Set(first)
    return first + labels.names.indices.filter { !named.contains($0) }
  }

  private func sortedLabels() -> [Int] {
    labels.names.indices.sorted { labels.names[$0] < labels.names[$1] }
  }

  /// Joins the images of one file and size; an object that is repeated is counted once. If the file
  /// does not exist, two tables of splits may mean two images.
  private mutating func joinRepeatedPictures(_ imported: inout Imported) {
    let isRepeated = entries.indices.dropFirst().contains {
      entries[$0].path == entries[$0 - 1].path
    }
    guard isRepeated else { return }
    var joined: [Entry] = []
    var counts = RecordCounts()
    var kept: [Annotation] = []
    for entry in entries {
      let again = annotations[entry.annotations]
      guard let last = joined.last, last.path == entry.path,
        last.image.width == entry.image.width, last.image.height == entry.image.height,
        FileStatus(entry.path) != nil
      else {
        var entry = entry
        let first = kept.count
        kept += again
        entry.annotations = first..<kept.count
        joined.append(entry)
        continue
      }
      let known = kept[last.annotations]
      let new = again.filter { object in
        !known.contains { $0.box == object.box && $0.categoryID == object.categoryID }
      }
      counts += RecordCounts(images: 1, annotations: again.count - new.count)
      kept += new
      joined[joined.count - 1].annotations = last.annotations.lowerBound..<kept.count
    }
    if counts.images == 0 { return }
    (entries, annotations) = (joined, kept)
    imported.read.images -= counts.images
    imported.read.annotations -= counts.annotations
    imported.notes.append(
      "\(counts.images) images appear in several tables and are written once, with the objects of "
        + "all; \(counts.annotations) objects were the same")
  }

  private func reportDuplicates(to imported: inout Imported) {
    for index in entries.indices.dropFirst() where entries[index].path == entries[index - 1].path {
      let second = entries[index]
      imported.findings.append(
        Finding(
          .duplicateFileName,
          "\(Path.name(of: second.path)) is annotated twice; both are kept as separate images",
          at: second.image.origin))
    }
  }
}
