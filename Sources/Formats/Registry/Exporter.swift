public import COCO

/// Writes one annotation format.
public protocol Exporter: Sendable {
  init(_ options: ExportOptions)

  /// The files that say what `datasets` say, one dataset a split, and what they cannot say.
  func export(_ datasets: [Dataset]) -> Exported
}

/// What a user can choose of an output.
public struct ExportOptions: Sendable {
  /// What YOLO rows hold.
  public enum YOLORows: String, Sendable, CaseIterable {
    case box, polygon
  }

  public var yoloRows = YOLORows.box

  public init() {}
}

/// What an exporter made.
public struct Exported: Sendable {
  public var files: [ExportedFile]
  /// What the format could not hold.
  public var losses: [Loss]

  public init(files: [ExportedFile] = [], losses: [Loss] = []) {
    self.files = files
    self.losses = losses
  }
}

/// A file to be written.
public struct ExportedFile: Sendable {
  /// What stands in it.
  public enum Contents: Sendable {
    case bytes([UInt8])
    /// A dataset to be written as COCO JSON, record by record.
    case coco(Dataset)
  }

  /// Relative to the output folder, with `/` between its parts.
  public var path: String
  public var contents: Contents

  public init(path: String, contents: Contents) {
    self.path = path
    self.contents = contents
  }
}

/// Something that a format has no place for, and how often it was met.
public struct Loss: Sendable, Equatable {
  /// In words, as in `polygons, written as boxes`.
  public var what: String
  public var count: Int

  public init(_ what: String, count: Int) {
    self.what = what
    self.count = count
  }
}
