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
  /// Where the pictures of `imported` belong that the files speak of.
  public private(set) var pictures: [PlacedPicture]
  /// What else there is to know of the files, a line each.
  private(set) var notes: [String]
  private(set) var files: [ExportedFile]
  private let format: Format

  init(_ imported: Imported, as format: Format, _ exporter: any Exporter) {
    var set = imported
    let exported = exporter.export(imported.datasets)
    pictures = exported.pictures
    notes = exported.notes
    if !exported.unwritable.isEmpty {
      set.leaveOut(exported.unwritable, of: format)
      pictures = Self.moved(pictures, without: exported.unwritable, from: imported.datasets)
    }
    set.findings += exported.findings
    self.imported = set
    self.format = format
    losses = exported.losses
    files = exported.files
  }

  /// Whether a record was left out that `given` still had.
  func leavesOutMore(than given: Imported) -> Bool {
    imported.rejections.count > given.rejections.count
  }

  /// Makes the files once more, without these records.
  mutating func leaveOut(_ records: [LeftOutRecord], _ exporter: any Exporter) {
    imported.leaveOut(records, of: format)
    let exported = exporter.export(imported.datasets)
    losses = exported.losses
    pictures = exported.pictures
    notes = exported.notes
    files = exported.files
  }

  /// Returns the pictures by their places in the datasets once these records have left them.
  private static func moved(
    _ pictures: [PlacedPicture], without records: [LeftOutRecord], from datasets: [Dataset]
  ) -> [PlacedPicture] {
    var places = datasets.map { $0.images.indices.map(Int?.some) }
    for record in records where record.kind == .image { places[record.dataset][record.index] = nil }
    for dataset in places.indices {
      var next = 0
      for index in places[dataset].indices where places[dataset][index] != nil {
        places[dataset][index] = next
        next += 1
      }
    }
    return pictures.compactMap { picture in
      guard let index = places[picture.dataset][picture.index] else { return nil }
      return PlacedPicture(dataset: picture.dataset, index: index, path: picture.path)
    }
  }
}
