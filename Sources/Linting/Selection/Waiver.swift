public import COCO
public import Files

/// A waiver of findings that a user has accepted. A property that is nil matches any finding.
public struct Waiver: Codable, Sendable, Equatable {
  /// The id of the rule.
  public var rule: String
  /// The image's file name, or the end of its path.
  public var image: String?
  /// The annotation's id.
  public var annotation: Int?
  /// The category's name.
  public var category: String?
  /// The file that holds the record, or the end of its path.
  public var file: String?
  /// The reason for people to read.
  public var because: String?

  /// Creates a waiver.
  public init(
    rule: String, image: String? = nil, annotation: Int? = nil, category: String? = nil,
    file: String? = nil, because: String? = nil
  ) {
    self.rule = rule
    self.image = image
    self.annotation = annotation
    self.category = category
    self.file = file
    self.because = because
  }

  /// Returns whether the waiver covers `finding`, which is about a record of `datasets`.
  public func covers(_ finding: Finding, of datasets: [Dataset], in sources: Sources) -> Bool {
    guard finding.rule == rule else { return false }
    if let file {
      guard let origin = finding.origin, Self.ends(sources.paths[origin.file], in: file) else {
        return false
      }
    }
    guard image != nil || annotation != nil || category != nil else { return true }
    guard let record = finding.record else { return false }
    return covers(record, of: datasets[record.dataset])
  }

  private func covers(_ record: RecordReference, of dataset: Dataset) -> Bool {
    var (imageID, categoryID): (Int?, Int?)
    switch record.kind {
    case .annotation:
      let found = dataset.annotations[record.index]
      if let annotation, annotation != found.id { return false }
      (imageID, categoryID) = (found.imageID, found.categoryID)
    case .image: imageID = dataset.images[record.index].id
    case .category: categoryID = dataset.categories[record.index].id
    }
    if annotation != nil, record.kind != .annotation { return false }
    if let image {
      let names = dataset.images.lazy.filter { $0.id == imageID }.map(\.fileName)
      guard names.contains(where: { Self.ends($0, in: image) }) else { return false }
    }
    if let category {
      let names = dataset.categories.lazy.filter { $0.id == categoryID }.map(\.name)
      guard names.contains(category) else { return false }
    }
    return true
  }

  /// Returns whether `path` is `end`, or ends in it after a slash.
  private static func ends(_ path: String, in end: String) -> Bool {
    path == end || path.hasSuffix("/" + end)
  }
}
