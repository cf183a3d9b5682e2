import Files

/// What reading has told of records already, so that rules do not report what only follows from it:
/// an annotation of an image that was left out is not one of an unknown image.
public struct ToldFaults: Sendable, Equatable {
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

  /// Images and categories that were left out.
  private var images: Set<Reference> = []
  private var categories: Set<Reference> = []
  /// Images and categories that annotations which were left out belong to.
  private var annotatedImages: Set<Reference> = []
  private var usedCategories: Set<Reference> = []
  /// Files with an annotation that was left out and whose category is not known.
  private var filesOfUnknownUse: Set<Int> = []
  private var parts: Set<Part> = []

  /// Creates an account in which nothing was told.
  public init() {}

  /// Whether nothing was left out.
  public var isEmpty: Bool { self == ToldFaults() }

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

  /// Takes over what was told of other files.
  public mutating func merge(_ other: ToldFaults) {
    images.formUnion(other.images)
    categories.formUnion(other.categories)
    annotatedImages.formUnion(other.annotatedImages)
    usedCategories.formUnion(other.usedCategories)
    filesOfUnknownUse.formUnion(other.filesOfUnknownUse)
    parts.formUnion(other.parts)
  }

  /// Whether an image with this id was left out of a file.
  public func leavesOut(image id: Int, of file: Int) -> Bool {
    images.contains(Reference(file: file, id: id))
  }

  /// Whether a category with this id was left out of a file.
  public func leavesOut(category id: Int, of file: Int) -> Bool {
    categories.contains(Reference(file: file, id: id))
  }

  /// Notes that an annotation was left out.
  public mutating func leaveOut(_ annotation: Annotation) {
    guard let file = annotation.origin?.file else { return }
    leaveOutAnnotation(imageID: annotation.imageID, categoryID: annotation.categoryID, file: file)
  }

  /// Whether that an annotation belongs to nothing only follows from what was told.
  public func explains(_ finding: Finding, of annotation: Annotation) -> Bool {
    guard let file = annotation.origin?.file else { return false }
    switch finding.kind {
    case .unknownImage: return leavesOut(image: annotation.imageID, of: file)
    case .unknownCategory:
      return annotation.categoryID.map { leavesOut(category: $0, of: file) } ?? false
    default: return false
    }
  }

  /// Whether what a rule has found in a record only follows from what was told.
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
