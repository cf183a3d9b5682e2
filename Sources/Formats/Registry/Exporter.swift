public import COCO

/// An exporter of one annotation format.
public protocol Exporter: Sendable {
  init(_ options: ExportOptions)

  /// Returns the files for `datasets`, one dataset for each split, and the values that they cannot
  /// hold.
  func export(_ datasets: [Dataset]) -> Exported

  /// Returns the datasets with the boxes that the files of `export` hold, if these are not the
  /// annotations' own.
  func meant(_ datasets: [Dataset]) -> [Dataset]
}

extension Exporter {
  /// Returns the datasets as they are: most formats write the annotations' own boxes.
  public func meant(_ datasets: [Dataset]) -> [Dataset] { datasets }
}

/// The result of an export.
public struct Exported: Sendable {
  /// The files, no two of one path.
  public var files: [ExportedFile]
  /// The places of the images that the files refer to.
  public var pictures: [PlacedPicture]
  /// The values that the format could not hold of records in the files.
  public var losses: [Loss]
  /// The records that are not in the files; the annotations of such an image are not listed again.
  public var unwritable: [LeftOutRecord]
  /// The findings about records that are in the files, but not as they are meant.
  public var findings: [Finding]
  /// The paths of files that programs keep of an earlier output, and would take for this one's.
  public var stale: [String] = []
  /// Further notes for the user on the files, one on each line, in lower case without a full stop.
  public var notes: [String]

  /// Creates an export of these files.
  public init(
    files: [ExportedFile] = [], pictures: [PlacedPicture] = [], losses: [Loss] = [],
    unwritable: [LeftOutRecord] = [], findings: [Finding] = [], notes: [String] = []
  ) {
    self.files = files
    self.pictures = pictures
    self.losses = losses
    self.unwritable = unwritable
    self.findings = findings
    self.notes = notes
  }
}

extension Exporter {
  /// Returns the result of `export` with all files and images in the folder `root` of the output.
  public func export(_ datasets: [Dataset], below root: String) -> Exported {
    var exported = export(datasets)
    if root.isEmpty { return exported }
    for index in exported.files.indices {
      exported.files[index].path = "\(root)/\(exported.files[index].path)"
    }
    for index in exported.pictures.indices {
      exported.pictures[index].path = "\(root)/\(exported.pictures[index].path)"
    }
    exported.stale = exported.stale.map { "\(root)/\($0)" }
    return exported
  }
}

/// The place of an image in an output.
public struct PlacedPicture: Sendable, Equatable {
  /// The place of the image's dataset among those that are exported.
  public var dataset: Int
  /// The image's place in the dataset.
  public var index: Int
  /// The path relative to the output folder, with `/` between its parts.
  public var path: String

  /// Creates the place of an image's file.
  public init(dataset: Int, index: Int, path: String) {
    self.dataset = dataset
    self.index = index
    self.path = path
  }
}

/// A record that a format cannot hold.
public struct LeftOutRecord: Sendable, Equatable {
  /// The kind of a record.
  public enum Kind: Sendable {
    case image, annotation
  }

  /// The kind of the record; an image is left out with its annotations.
  public var kind: Kind
  /// The place of its dataset among those that are exported.
  public var dataset: Int
  /// The index among the images or annotations of the dataset.
  public var index: Int
  /// The reason as a message, in lower case without a full stop.
  public var reason: String

  /// Creates the record at a place, with the reason why it cannot be held.
  public init(_ kind: Kind, dataset: Int, index: Int, _ reason: String) {
    self.kind = kind
    self.dataset = dataset
    self.index = index
    self.reason = reason
  }
}

/// A file to be written.
public struct ExportedFile: Sendable {
  /// The contents of a file.
  public enum Contents: Sendable {
    case bytes([UInt8])
    /// A dataset to be written as COCO JSON, record by record.
    case coco(Dataset)
    /// A dataset to be written as lines, image by image.
    case lines(Dataset)
  }

  /// The path relative to the output folder, with `/` between its parts.
  public var path: String
  /// The contents of the file.
  public var contents: Contents

  /// Creates a file at a path below the output folder.
  public init(path: String, contents: Contents) {
    self.path = path
    self.contents = contents
  }
}

/// A kind of value that a format cannot hold, with its number of occurrences.
public struct Loss: Sendable, Equatable {
  /// The loss as a phrase, for example `polygons, written as boxes`.
  public var what: String
  /// The number of occurrences.
  public var count: Int

  /// Creates a loss; `what` is a phrase that follows its count.
  public init(_ what: String, count: Int) {
    self.what = what
    self.count = count
  }
}
