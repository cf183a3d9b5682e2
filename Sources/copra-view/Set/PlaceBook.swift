import COCO
import Files
import Formats

/// Looks up where records stand. Files of annotations are counted through once, as far as they are
/// asked for.
actor PlaceBook {
  private var finder: PlaceFinder
  private var fields: FieldFinder

  init(_ imported: Imported, options: ImportOptions) {
    finder = PlaceFinder(imported.sources)
    fields = FieldFinder(imported.sources, format: imported.format, options: options)
    fields.namesPaths = false
  }

  /// Returns the places of records as `file:line:column`.
  func places(of origins: [Origin?]) -> [String?] {
    origins.map { origin in origin.map { finder.place(of: $0).description } }
  }

  /// Returns findings as the page shows them, each at the value that is to blame.
  func described(_ findings: [(finding: Finding, object: Int?)]) -> [JSONValue] {
    findings.map { finding, object in
      let place = fields.locate(finding).origin.map { finder.place(of: $0).description }
      return .object([
        "rule": .string(finding.rule), "severity": .string(finding.severity.rawValue),
        "message": .string(finding.message), "place": place.map { .string($0) } ?? .null,
        "object": object.map { .integer($0) } ?? .null,
      ])
    }
  }
}
