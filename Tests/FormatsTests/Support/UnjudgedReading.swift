import COCO
import Files
import Formats
import TestSupport

extension TemporaryFolder {
  /// What the importer called `format` makes of the folder where records are left to the rules.
  func readUnjudged(
    _ format: String, _ names: [String] = [], _ change: (inout ImportOptions) -> Void = { _ in }
  ) async throws -> Imported {
    try await read(format, names) {
      $0.judgesRecords = false
      change(&$0)
    }
  }
}

extension Imported {
  /// What each fix of text takes away and what it writes there: `"12" → 12`.
  func replacements() throws -> [String] {
    let findings = findings + rejections.map(\.finding)
    return try findings.flatMap { finding -> [String] in
      guard let origin = finding.origin else { return [] }
      let bytes = try InputFile.contents(sources.paths[origin.file])
      return finding.fixes.flatMap(\.edits).compactMap { edit in
        guard case .replaceText(let range, let text) = edit else { return nil }
        return String(decoding: bytes[range], as: UTF8.self) + " → " + text
      }
    }
  }

  /// The first file that a fix changes, with all that fixes take out of it.
  func withoutRemovals() throws -> [UInt8] {
    let findings = findings + rejections.map(\.finding)
    let edits = findings.flatMap(\.fixes).flatMap(\.edits)
    let file = findings.first { !$0.fixes.isEmpty }?.origin?.file ?? 0
    var bytes = try InputFile.contents(sources.paths[file])
    for case .replaceText(let range, "") in edits.reversed() { bytes.removeSubrange(range) }
    return bytes
  }
}
