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
  /// The paths of files that programs keep of an earlier output.
  private(set) var stale: [String]
  /// Where the pictures belong that the files speak of.
  private(set) var pictures: [PlacedPicture]
  private let format: Format
  private let layout: TrainerLayout?
  private let options: ExportOptions

  /// - Parameter layout: the arrangement that the files have; nil for the format's own.
  init(
    _ imported: Imported, as format: Format, _ exporter: any Exporter, _ options: ExportOptions,
    in layout: TrainerLayout? = nil
  ) {
    self.imported = imported
    self.format = format
    self.layout = layout
    self.options = options
    (losses, notes, files, stale, pictures) = ([], [], [], [], [])
    let exported = export(exporter)
    if exported.unwritable.isEmpty {
      take(exported)
    } else {
      // The places of pictures are those in what is left.
      leaveOut(exported.unwritable, exporter)
    }
    self.imported.findings += exported.findings
  }

  /// Whether a record was left out that `given` still had.
  func leavesOutMore(than given: Imported) -> Bool {
    imported.rejections.count > given.rejections.count
  }

  /// Makes the files once more, without these records.
  mutating func leaveOut(_ records: [LeftOutRecord], _ exporter: any Exporter) {
    imported.leaveOut(records, of: format)
    take(export(exporter))
  }

  private func export(_ exporter: any Exporter) -> Exported {
    layout?.export(
      imported.datasets, by: exporter, movesPictures: options.placesPictures, below: options.root)
      ?? exporter.export(imported.datasets)
  }

  private mutating func take(_ exported: Exported) {
    losses = exported.losses
    notes = exported.notes
    files = exported.files
    stale = exported.stale
    pictures = exported.pictures
  }
}
