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
///
/// Reads a file once and keeps the last one, so the findings of one file should come together.
public struct FieldFinder {
  /// Whether paths are filled in. Without, no more is read of a JSON file than the records.
  public var namesPaths = true
  private let sources: Sources
  private let options: ImportOptions
  private let locatorType: (any FieldLocator.Type)?
  private var loaded: (file: Int, locator: (any FieldLocator)?)?
  private var records: (file: Int, finder: JSONMemberFinder?)?

  /// Creates a finder for origins among files that `format` read with `options`; without a format
  /// it moves no finding.
  public init(_ sources: Sources, format: Format?, options: ImportOptions = ImportOptions()) {
    self.sources = sources
    self.options = options
    locatorType = format?.locator
  }

  /// The finding with its origin at the value of its field and `path` filled in. Where the record
  /// has no such field the origin stays and the path names the field all the same; where the file
  /// holds no record at the origin the finding stays as it is.
  public mutating func locate(_ finding: Finding) -> Finding {
    guard let origin = finding.origin, let locatorType else { return finding }
    if !namesPaths, locatorType is COCOFieldLocator.Type { return moved(finding, from: origin) }
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

  /// The finding at the value of its field, where its record is one of a JSON file.
  private mutating func moved(_ finding: Finding, from origin: Origin) -> Finding {
    guard let field = finding.field else { return finding }
    if records?.file != origin.file {
      records = (origin.file, JSONMemberFinder(sources.paths[origin.file]))
    }
    let offset = records?.finder?.offset(of: field.rawValue, inRecordAt: origin.offset)
    var moved = finding
    if let offset { moved.origin = Origin(file: origin.file, offset: offset) }
    return moved
  }
}
