import COCO

/// Joins the batches of a split and turns them into a dataset: natural order, ids from 1, file
/// names relative to the folder that holds all pictures.
public struct Assembler {
  private var pictures: [Picture] = []
  private var labels: LabelTable
  private let admission: Admission

  /// `classNames` is the format's own list of classes in its order, where it has one.
  public init(classNames: [String] = [], options: ImportOptions) {
    labels = LabelTable(classNames)
    admission = Admission(options)
  }

  /// Adds a batch's pictures and moves its account of everything else to `imported`.
  public mutating func add(_ batch: consuming PictureBatch, to imported: inout Imported) {
    imported.findings += batch.findings
    imported.rejections += batch.rejections
    imported.read += batch.read
    imported.changes.merge(batch.changes, uniquingKeysWith: +)
    let indices = batch.labels.names.map { labels.index(of: $0) }
    let isSame = indices.elementsEqual(indices.indices)
    for var picture in batch.pictures {
      if !isSame {
        for index in picture.annotations.indices {
          picture.annotations[index].categoryID =
            picture.annotations[index].categoryID.map { indices[$0] }
        }
      }
      pictures.append(picture)
    }
  }

  /// Adds the split's dataset to `imported`. Classes keep the order of the list that the format
  /// gave; where it gave none they are sorted by name.
  public consuming func finish(split: String?, hasOwnOrder: Bool, into imported: inout Imported) {
    sortPictures()
    let folder = Path.common(of: pictures.lazy.map { Path.folder(of: $0.path) }) ?? "."
    if admission.judgesRecords { reportDuplicates(to: &imported) }
    var dataset = Dataset(split: split)
    let order = hasOwnOrder ? Array(labels.names.indices) : sortedLabels()
    dataset.categories = order.enumerated().map { position, label in
      Category(id: position + 1, name: labels.names[label], supercategory: "")
    }
    var ids = [Int](repeating: 0, count: labels.names.count)
    for (position, label) in order.enumerated() { ids[label] = position + 1 }
    dataset.images.reserveCapacity(pictures.count)
    dataset.annotations.reserveCapacity(pictures.reduce(0) { $0 + $1.annotations.count })
    for picture in pictures {
      append(picture, to: &dataset, ids: ids, folder: folder, imported: &imported)
    }
    imported.imageFolders[split ?? ""] = folder
    imported.datasets.append(dataset)
  }

  /// Sorting moves large records, and most sets come in order.
  private mutating func sortPictures() {
    let isSorted = zip(pictures, pictures.dropFirst()).allSatisfy {
      !NaturalOrder.precedes($1.path, $0.path)
    }
    if !isSorted { pictures.sort { NaturalOrder.precedes($0.path, $1.path) } }
  }

  private func append(
    _ picture: Picture, to dataset: inout Dataset, ids: [Int], folder: String,
    imported: inout Imported
  ) {
    var image = picture.image
    image.id = dataset.images.count + 1
    image.fileName = Path.relative(picture.path, to: folder)
    dataset.images.append(image)
    // What outlines cover, and how far boxes reach, the file decides.
    if let size = picture.fileSize { (image.width, image.height) = (size.width, size.height) }
    for var annotation in picture.annotations {
      let label = annotation.categoryID.map { labels.names[$0] }
      annotation.imageID = image.id
      annotation.categoryID = annotation.categoryID.map { ids[$0] }
      switch admission.judge(annotation) {
      case .rejected(let finding):
        let record = annotation.asRecord(category: label)
        imported.rejections.append(Rejection(.annotation, finding, record: record))
        continue
      case .fixed(let box, let what):
        annotation.box = box
        annotation.isChanged = true
        imported.changes[what, default: RecordCounts()] += RecordCounts(annotations: 1)
      case .admitted: break
      }
      if let note = admission.note(annotation, width: image.width, height: image.height) {
        imported.findings.append(note)
      }
      annotation.isCrowd = annotation.isCrowd ?? 0
      annotation.area = annotation.area ?? Completion.area(of: annotation, on: image)
      annotation.id = dataset.annotations.count + 1
      dataset.annotations.append(annotation)
    }
  }

  private func sortedLabels() -> [Int] {
    labels.names.indices.sorted { labels.names[$0] < labels.names[$1] }
  }

  private func reportDuplicates(to imported: inout Imported) {
    for (first, second) in zip(pictures, pictures.dropFirst()) where first.path == second.path {
      imported.findings.append(
        Finding(
          "duplicate-file-name", .error,
          "\(Path.name(of: second.path)) is annotated twice; both are kept as images of their own",
          at: second.image.origin, field: .fileName))
    }
  }
}
