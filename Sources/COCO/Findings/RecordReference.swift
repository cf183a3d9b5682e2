/// A reference to a record of a set by its position, valid as long as no record is added or
/// removed.
public struct RecordReference: Sendable, Hashable {
  /// The kind of record.
  public var kind: Rejection.Kind
  /// The index of the record's dataset among the splits.
  public var dataset: Int
  /// The index among the dataset's images, annotations or categories, from 0.
  public var index: Int

  /// Creates a reference to the record of a kind at an index of one of the splits.
  public init(_ kind: Rejection.Kind, _ index: Int, dataset: Int = 0) {
    self.kind = kind
    self.dataset = dataset
    self.index = index
  }
}

/// A part of a record that a finding can be about and a fix can set, named as in COCO.
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

/// A record that could not be read into the dataset, with the reason and its source text.
public struct Rejection: Sendable, Equatable {
  /// The kind of a record.
  public enum Kind: String, Sendable {
    case image, annotation, category
  }

  /// The kind of the rejected record.
  public var kind: Kind
  /// The finding that gives the reason.
  public var finding: Finding
  /// The record as it stood in its source.
  public var record: String
  /// Whether the record is left out only because its image is, which has its own finding.
  public var followsPicture: Bool

  /// Creates a rejection of a record for the reason that a finding gives.
  public init(_ kind: Kind, _ finding: Finding, record: String, followsPicture: Bool = false) {
    self.kind = kind
    self.finding = finding
    self.record = record
    self.followsPicture = followsPicture
  }
}
