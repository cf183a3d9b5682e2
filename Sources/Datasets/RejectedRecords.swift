import COCO
import Files
import Formats
import Glibc

/// The file beside the output that holds what could not be taken over.
struct RejectedRecords {
  let path: String

  init(beside output: String) {
    path = output + ".rejected.jsonl"
  }

  /// Writes one JSON object on each line: place, kind, rule, message, and the record as it stood.
  /// If nothing was rejected, it removes the file of an earlier run.
  func write(_ imported: Imported, note: (String) -> Void) throws {
    guard !imported.rejections.isEmpty else {
      unlink(path)
      return
    }
    try Folder.make(Path.folder(of: path))
    let file = try OutputFile(path)
    var places = PlaceFinder(imported.sources)
    for rejection in imported.rejections {
      var output = JSONOutput()
      output.append(line(rejection, &places))
      output.raw("\n")
      try file.write(output.bytes)
    }
    try file.commit()
    note("wrote \(path): \(imported.rejections.count) rejected records")
  }

  private func line(_ rejection: Rejection, _ places: inout PlaceFinder) -> JSONObject {
    var line = JSONObject()
    if let origin = rejection.finding.origin {
      let place = places.place(of: origin)
      line["file"] = .string(place.path)
      line["line"] = .integer(place.line)
      line["column"] = .integer(place.column)
    }
    line["kind"] = .string(rejection.kind.rawValue)
    line["rule"] = .string(rejection.finding.rule)
    line["message"] = .string(rejection.finding.message)
    line["record"] = .string(rejection.record)
    return line
  }
}
