import COCO
import Files

/// Categories for a file that lists none, as one that was cut before its list: named by their ids.
enum COCOCategoryNames {
  static func fillIn(
    _ contents: inout COCOContents, path: String, source: Int, into imported: inout Imported
  ) {
    guard contents.met.categories == 0 else { return }
    let ids = Set(contents.dataset.annotations.lazy.compactMap(\.categoryID)).sorted()
    guard !ids.isEmpty else { return }
    contents.dataset.categories = ids.map { Category(id: $0, name: String($0)) }
    let message = "the file lists no categories, which are therefore named by their ids"
    let faults = contents.findings + contents.rejections.map(\.finding)
    if faults.contains(where: { $0.kind == .malformedFile }) {
      // One fault, which has been reported: the file ends before its categories.
      imported.notes.append("\(path): \(message)")
    } else {
      imported.findings.append(
        Finding(.missingField, severity: .warning, message, at: Origin(file: source, offset: 0)))
    }
  }
}
