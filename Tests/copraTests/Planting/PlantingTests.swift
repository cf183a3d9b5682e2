import Foundation
import TestSupport
import Testing

@Suite("Planted faults")
struct PlantingTests {
  @Test(arguments: Plantings.all)
  func `a planted fault is found, at its place, and nothing else is`(planting: Planting) throws {
    let folder = try TemporaryFolder()
    try planting.plant(in: folder)
    let ending = try planting.validate(["--format", "jsonl"], in: folder)
    let found = try Found.list(ending.results)
    let due = planting.due
    let missed = due.filter { due in !found.contains { $0.isDue(due) } }
    let extra = found.filter { found in !due.contains { found.isDue($0) } }
    #expect(missed.isEmpty, "missed: \(missed.map(\.description).sorted().joined(separator: "\n"))")
    #expect(extra.isEmpty, "not planted: \(extra.map(\.text).joined(separator: "\n"))")
    #expect(found.count == due.count)
    #expect(
      ending.status == (found.contains { $0.severity == "error" } ? 1 : 0), "\(ending.messages)")
  }
}

/// A line of `--format jsonl`.
struct Found: Decodable {
  var rule: String
  var severity: String
  var message: String
  var path: String?
  var line: Int?
  var column: Int?
  var `where`: String?
  var fix: Fix?

  struct Fix: Decodable {
    var safe: Bool
  }

  static func list(_ lines: String) throws -> [Found] {
    try lines.split(separator: "\n").map {
      try JSONDecoder().decode(Found.self, from: Data($0.utf8))
    }
  }

  func isDue(_ due: Planting.Due) -> Bool {
    rule == due.rule && path == due.file && line == due.line && column == due.column
      && (due.path == nil || due.path == `where`)
  }

  var text: String {
    "\(path ?? "-"):\(line ?? 0):\(column ?? 0) [\(rule)] \(self.where ?? "") \(message)"
  }
}
