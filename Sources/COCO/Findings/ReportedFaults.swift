import Files

/// The faults that reading has already reported, so that rules do not report their consequences: an
/// annotation of an image that was left out is not one of an unknown image.
public struct ReportedFaults: Sendable, Equatable {
  /// A record by its file and an id.
  private struct Reference: Hashable {
    var file: Int
    var id: Int
  }

  /// A field of a record by the record's place.
  private struct Part: Hashable {
    var record: Origin
    var field: RecordField
  }

  /// The images and categories that were left out.
  private var images: Set<Reference> = []
  private var categories: Set<Reference> = []
  /// The images and categories of annotations that were left out.
  private var annotatedImages: Set<Reference> = []
  private var usedCategories: Set<Reference> = []
  /// The files with an annotation that was left out and whose category is not known.
  private var filesOfUnknownUse: Set<Int> = []
  private var parts: Set<Part> = []

  /// Creates an account of no faults.
  public init() {}

  /// Whether nothing was left out.
  public var isEmpty: Bool { self == ReportedFaults() }

  /// Notes that an image or category with this id was left out.
  mutating func leaveOut(_ kind: Rejection.Kind, id: Int, file: Int) {
    let reference = Reference(file: file, id: id)
    if kind == .image { images.insert(reference) }
    if kind == .category { categories.insert(reference) }
  }

  /// Notes that an annotation was left out, and what it belongs to as far as that is known.
  mutating func leaveOutAnnotation(imageID: Int?, categoryID: Int?, file: Int) {
    if let imageID { annotatedImages.insert(Reference(file: file, id: imageID)) }
    if let categoryID {
      usedCategories.insert(Reference(file: file, id: categoryID))
    } else {
      filesOfUnknownUse.insert(file)
    }
  }

  /// Notes that a field of a record was left out.
  mutating func leaveOut(_ field: RecordField, of record: Origin) {
    parts.insert(Part(record: record, field: field))
  }

  /// Adds the faults of other files.
  public mutating func merge(_ other: ReportedFaults) {
    images.formUnion(other.images)
    categories.formUnion(other.categories)
    annotatedImages.formUnion(other.annotatedImages)
    usedCategories.formUnion(other.usedCategories)
    filesOfUnknownUse.formUnion(other.filesOfUnknownUse)
    parts.formUnion(other.parts)
  }

  /// The faults as JSON, for partial results.
  public var json: JSONObject {
    func list(_ references: Set<Reference>) -> JSONValue {
      .array(
        references.map { ($0.file, $0.id) }.sorted(by: <).flatMap {
          [.integer($0.0), .integer($0.1)]
        })
    }
    return [
      "images": list(images), "categories": list(categories),
      "annotated-images": list(annotatedImages), "used-categories": list(usedCategories),
      "unknown-use": .array(filesOfUnknownUse.sorted().map { .integer($0) }),
      "parts": .array(
        parts.sorted { ($0.record, $0.field.rawValue) < ($1.record, $1.field.rawValue) }.flatMap {
          [.integer($0.record.file), .integer($0.record.offset), .string($0.field.rawValue)]
        }),
    ]
  }

  /// Reads what `json` writes, `numbers` being the new numbers of the files; nil for anything else.
  public init?(_ json: JSONObject, files numbers: [Int]) {
    func numbersOf(_ name: String) -> [Int]? {
      let list = json[name]?.list ?? []
      let integers = list.compactMap(\.integer)
      return integers.count == list.count ? integers : nil
    }
    func references(_ name: String) -> Set<Reference>? {
      guard let list = numbersOf(name), list.count.isMultiple(of: 2) else { return nil }
      let files = stride(from: 0, to: list.count, by: 2)
      guard files.allSatisfy({ numbers.indices.contains(list[$0]) }) else { return nil }
      return Set(files.map { Reference(file: numbers[list[$0]], id: list[$0 + 1]) })
    }
    guard let images = references("images"), let categories = references("categories"),
      let annotated = references("annotated-images"), let used = references("used-categories"),
      let unknown = numbersOf("unknown-use"), unknown.allSatisfy(numbers.indices.contains),
      let parts = json["parts"]?.list, parts.count.isMultiple(of: 3)
    else { return nil }
    (self.images, self.categories) = (images, categories)
    (annotatedImages, usedCategories) = (annotated, used)
    filesOfUnknownUse = Set(unknown.map { numbers[$0] })
    for index in stride(from: 0, to: parts.count, by: 3) {
      guard let file = parts[index].integer, numbers.indices.contains(file),
        let offset = parts[index + 1].integer, (0..<(1 << 40)).contains(offset),
        let field = parts[index + 2].string.flatMap({ RecordField(rawValue: $0) })
      else { return nil }
      self.parts.insert(Part(record: Origin(file: numbers[file], offset: offset), field: field))
    }
  }

  /// Returns whether an image with this id was left out of a file.
  public func leavesOut(image id: Int, of file: Int) -> Bool {
    images.contains(Reference(file: file, id: id))
  }

  /// Returns whether a category with this id was left out of a file.
  public func leavesOut(category id: Int, of file: Int) -> Bool {
    categories.contains(Reference(file: file, id: id))
  }

  /// Notes that an annotation was left out.
  public mutating func leaveOut(_ annotation: Annotation) {
    guard let file = annotation.origin?.file else { return }
    leaveOutAnnotation(imageID: annotation.imageID, categoryID: annotation.categoryID, file: file)
  }

  /// Returns whether a reported fault explains the finding that an annotation belongs to nothing.
  public func explains(_ finding: Finding, of annotation: Annotation) -> Bool {
    guard let file = annotation.origin?.file else { return false }
    switch finding.kind {
    case .unknownImage: return leavesOut(image: annotation.imageID, of: file)
    case .unknownCategory:
      return annotation.categoryID.map { leavesOut(category: $0, of: file) } ?? false
    default: return false
    }
  }

  /// Returns whether a reported fault explains a rule's finding about a record.
  public func explains(_ finding: Finding, in datasets: [Dataset]) -> Bool {
    guard let record = finding.record, record.dataset < datasets.count else { return false }
    let dataset = datasets[record.dataset]
    switch (finding.kind, record.kind) {
    case (.unknownImage, .annotation), (.unknownCategory, .annotation):
      guard record.index < dataset.annotations.count else { return false }
      return explains(finding, of: dataset.annotations[record.index])
    case (.imageWithoutAnnotations, .image) where record.index < dataset.images.count:
      let image = dataset.images[record.index]
      guard let file = image.origin?.file else { return false }
      return annotatedImages.contains(Reference(file: file, id: image.id))
    case (.unusedCategory, .category) where record.index < dataset.categories.count:
      let category = dataset.categories[record.index]
      guard let file = category.origin?.file else { return false }
      return filesOfUnknownUse.contains(file)
        || usedCategories.contains(Reference(file: file, id: category.id))
    default:
      guard let origin = finding.origin, let field = finding.field else { return false }
      return parts.contains(Part(record: origin, field: field))
    }
  }
}
