import COCO
public import Formats

/// The records that prevented writing, if no record may be left out.
public struct UnwritableRecords: Error, Sendable {
  /// The set, the records that the format cannot hold among its rejections.
  public let imported: Imported
}

/// The written and the unwritten parts of a set.
public struct WrittenSet: Sendable {
  /// The set, the records that the format cannot hold among its rejections.
  public private(set) var imported: Imported
  /// The values of the written records that the format could not hold.
  public private(set) var losses: [Loss]
  /// Notes for the user on the files, one sentence each.
  private(set) var notes: [String]
  private(set) var files: [ExportedFile]
  /// The paths of files that programs keep of an earlier output.
  private(set) var stale: [String]
  /// The places of the images that the files refer to.
  private(set) var pictures: [PlacedPicture]
  private let format: Format
  private let layout: TrainerLayout?
  private let options: ExportOptions

  /// Exports a set.
  ///
  /// - Parameter layout: The layout of the files; nil for the format's own.
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

  /// Returns whether a record was left out that `given` still had.
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
