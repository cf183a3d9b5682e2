public import COCO
public import Files

/// Moves findings from the record that they are about to the field that is to blame, in the
/// user's own file.
///
/// | format | path |
/// | --- | --- |
/// | COCO | `annotations[12].bbox`, counted from 0 as in JSON |
/// | VOC | `object[2]/bndbox`, counted from 1 as in XPath |
/// | YOLO | `row 3, x_center`, rows that hold something counted from 1 |
/// | CSV | the column's name |
/// | lines | the field's name |
///
/// Reads a file once and keeps the last one, so the findings of one file should come together. Of
/// lines only those with findings are read.
public struct FieldFinder {
  /// Whether paths are filled in. Without them no more than the records is read of a JSON file.
  public var namesPaths = true
  private let sources: Sources
  private let options: ImportOptions
  private let locatorType: (any FieldLocator.Type)?
  private var loaded: (file: Int, locator: (any FieldLocator)?)?
  private var records: (file: Int, finder: (any SingleRecordFinder)?)?

  /// Creates a finder for origins among files that `format` read with `options`; without a format
  /// it moves no finding.
  public init(_ sources: Sources, format: Format?, options: ImportOptions = ImportOptions()) {
    self.sources = sources
    self.options = options
    locatorType = format?.locator
  }

  /// Returns the finding with its origin at the value of its field and with `path` set. If the
  /// record has no such field, the origin is kept and the path still names the field; if the file
  /// holds no record at the origin, the finding is unchanged.
  public mutating func locate(_ finding: Finding) -> Finding {
    guard let origin = finding.origin, let locatorType else { return finding }
    let isAlone = locatorType.namesFieldsAlone
    if !namesPaths || isAlone, let finder = locatorType.singleRecords {
      var moved = moved(finding, from: origin, by: finder)
      if namesPaths, isAlone, moved.origin != origin { moved.path = finding.field?.rawValue }
      return moved
    }
    if loaded?.file != origin.file {
      let path = sources.paths[origin.file]
      let bytes = try? InputFile.contents(path)
      loaded = (
        origin.file, bytes.flatMap { locatorType.init($0, path: path, options: options) }
      )
    }
    let record = LocatedRecord(offset: origin.offset, kind: finding.record?.kind)
    guard let place = loaded?.locator?.place(of: finding.field, in: record) else { return finding }
    var located = finding
    located.origin = Origin(file: origin.file, offset: place.offset)
    located.path = place.path
    return located
  }

  /// Returns the finding at the value of its field, of which the record alone is read.
  private mutating func moved(
    _ finding: Finding, from origin: Origin, by finderType: any SingleRecordFinder.Type
  ) -> Finding {
    guard let field = finding.field else { return finding }
    if records?.file != origin.file {
      records = (origin.file, finderType.init(sources.paths[origin.file]))
    }
    let offset = records?.finder?.offset(of: field, inRecordAt: origin.offset)
    var moved = finding
    if let offset { moved.origin = Origin(file: origin.file, offset: offset) }
    return moved
  }
}
