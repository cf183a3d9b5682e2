/// A record of a set by its position, as long as no record is added or removed.
public struct RecordReference: Sendable, Hashable {
  public var kind: Rejection.Kind
  /// The index of the record's dataset among the splits.
  public var dataset: Int
  /// The index among the dataset's images, annotations or categories.
  public var index: Int

  public init(_ kind: Rejection.Kind, _ index: Int, dataset: Int = 0) {
    self.kind = kind
    self.dataset = dataset
    self.index = index
  }
}

/// A part of a record that a finding can be about and a fix can set, by what COCO calls it.
public enum RecordField: String, Sendable, CaseIterable {
  case id
  case imageID = "image_id"
  case categoryID = "category_id"
  case box = "bbox"
  case area
  case isCrowd = "iscrowd"
  case segmentation
  case keypoints
  case keypointCount = "num_keypoints"
  case fileName = "file_name"
  case width
  case height
  case name
}

/// A record that could not be taken over, with the reason and all that stood there.
public struct Rejection: Sendable, Equatable {
  /// What the record was.
  public enum Kind: String, Sendable {
    case image, annotation, category
  }

  public var kind: Kind
  public var finding: Finding
  /// The record as it stood in its source.
  public var record: String
  /// Whether the record goes only because its picture does, which is reported for itself.
  public var followsPicture: Bool

  public init(_ kind: Kind, _ finding: Finding, record: String, followsPicture: Bool = false) {
    self.kind = kind
    self.finding = finding
    self.record = record
    self.followsPicture = followsPicture
  }
}
