import COCO
public import Formats

/// Why nothing was written where a record must not be left out.
public struct UnwritableRecords: Error, Sendable {
  /// The set, the records that the format cannot hold among its rejections.
  public let imported: Imported
}

/// What was written of a set, and what was not.
public struct WrittenSet: Sendable {
  /// The set, the records that the format cannot hold among its rejections.
  public private(set) var imported: Imported
  /// What the format could not hold of the records that were written.
  public private(set) var losses: [Loss]
  /// What the user should know of the files, one sentence each.
  private(set) var notes: [String]
  private(set) var files: [ExportedFile]
  /// Where the pictures belong that the files speak of.
  private(set) var pictures: [PlacedPicture]
  private let format: Format
  private let root: String

  /// - Parameters:
  ///   - root: the folder of the output that all files are below; empty for the output itself.
  init(_ imported: Imported, as format: Format, _ exporter: any Exporter, below root: String) {
    var set = imported
    var exported = exporter.export(imported.datasets, below: root)
    if !exported.unwritable.isEmpty {
      set.leaveOut(exported.unwritable, of: format)
      // The places of pictures are those in what is left.
      exported = exporter.export(set.datasets, below: root)
    }
    self.imported = set
    self.format = format
    self.root = root
    losses = exported.losses
    notes = exported.notes
    files = exported.files
    pictures = exported.pictures
  }

  /// Whether a record was left out that `given` still had.
  func leavesOutMore(than given: Imported) -> Bool {
    imported.rejections.count > given.rejections.count
  }

  /// Adds files that say nothing of single records.
  mutating func add(_ further: [ExportedFile]) { files += further }

  /// Makes the files once more, without these records.
  mutating func leaveOut(_ records: [LeftOutRecord], _ exporter: any Exporter) {
    imported.leaveOut(records, of: format)
    let exported = exporter.export(imported.datasets, below: root)
    losses = exported.losses
    notes = exported.notes
    files = exported.files
    pictures = exported.pictures
  }
}
