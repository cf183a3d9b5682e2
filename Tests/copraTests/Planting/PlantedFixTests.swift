import Files
import Formats
import Foundation
import Linting
import TestSupport
import Testing

@Suite("Fixes of planted faults")
struct PlantedFixTests {
  static let mendable =
    JSONLayout.allCases.map(COCOPlanter.mendable) + DatasetPlanter.categories
    + [COCOPlanter.unmendable(.pretty), VOCPlanter.objects(), VOCPlanter.files()]
    + [YOLOPlanter.rows(), YOLOPlanter.files()]

  private func planted(_ planting: Planting) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try planting.plant(in: folder)
    return folder
  }

  @Test(arguments: mendable)
  func `a second run finds nothing that a safe fix would mend`(planting: Planting) throws {
    let folder = try planted(planting)
    _ = try planting.validate(["--fix", "--in-place"], in: folder)
    let rest = try Found.list(try planting.validate(["--format", "jsonl"], in: folder).results)
    #expect(rest.filter { $0.fix?.safe == true }.map(\.text) == [])
  }

  @Test(arguments: mendable)
  func `a second run after all fixes finds nothing that any would mend`(planting: Planting) throws {
    let folder = try planted(planting)
    _ = try planting.validate(["--unsafe-fixes", "--in-place"], in: folder)
    let rest = try Found.list(try planting.validate(["--format", "jsonl"], in: folder).results)
    #expect(rest.filter { $0.fix != nil }.map(\.text) == [])
  }

  @Test(
    // Records that refer to a category change with it, and one line holds all of a dense file.
    arguments: mendable.filter { !$0.title.contains("categories") && !$0.title.contains("dense") })
  func `fixes touch only records with a fault, and leave a copy of the input`(planting: Planting)
    throws
  {
    let folder = try planted(planting)
    let before = try folder.tree()
    _ = try planting.validate(["--unsafe-fixes", "--in-place"], in: folder)
    let after = try folder.tree()
    for (name, old) in before where after[name] != old {
      #expect(after[name + ".orig"] == old, "\(name)")
      let text = try #require(planting.texts[name])
      let records = PlantedRecords(text, format: planting.format)
      let new = String(decoding: after[name] ?? Data(), as: UTF8.self)
      #expect(records.strangers(in: new) == [], "\(name)")
    }
    let copies = after.keys.filter { before[$0] == nil }
    #expect(copies.allSatisfy { $0.hasSuffix(".orig") && before[String($0.dropLast(5))] != nil })
  }

  @Test(
    // Of a long line parts are shown, which patch cannot take.
    arguments: mendable.filter { !$0.title.contains("dense") })
  func `a difference writes nothing, and patch makes of it what is written in place`(
    planting: Planting
  ) throws {
    let (looked, fixed) = (try planted(planting), try planted(planting))
    let before = try looked.tree()
    let ending = try planting.validate(["--fix", "--diff"], in: looked)
    #expect(try looked.tree() == before)
    _ = try planting.validate(["--fix", "--in-place"], in: fixed)
    if !ending.results.isEmpty {
      try looked.write(ending.results, to: "change.diff")
      let patch = try Copra.bash("patch --binary -s -p0 < change.diff", in: looked)
      #expect(patch.status == 0, "\(patch.results)")
    }
    for name in before.keys {
      #expect(try looked.tree()[name] == fixed.tree()[name], "\(name)")
    }
  }

  @Test(
    arguments: JSONLayout.allCases.map(COCOPlanter.mendable) + [DatasetPlanter.categories[0]])
  func `after all fixes torchvision and pycocotools take the set as it is`(planting: Planting)
    async throws
  {
    let folder = try planted(planting)
    _ = try planting.validate(["--unsafe-fixes", "--in-place"], in: folder)
    var options = ImportOptions()
    options.judgesRecords = false
    let importer = try #require(Format.coco.importer)
    let input = try InputTree(folder.path("in/instances.json"))
    let subject = Subject(try await importer.init(options).read([input]).datasets)
    for profile in Profiles.all where ["torchvision", "pycocotools"].contains(profile.name) {
      let effects = profile.concerns(in: subject).filter { $0.effect.consequence != .ignores }
      #expect(effects.map(\.effect.summary) == [], "\(profile.name)")
    }
  }
}

/// The records of a planted file: those with a mark, and those that must stay as they are.
struct PlantedRecords {
  /// nil for one with a mark.
  private var expected: [String?] = []
  private let format: String

  init(_ marked: String, format: String) {
    self.format = format
    let text = MarkedText(marked)
    let lines = Set(text.marks.map(\.line))
    var line = 1
    for record in records(text.text) {
      let range = line..<line + record.count
      expected.append(lines.contains(where: range.contains) ? nil : Self.bare(record))
      line += record.count
    }
  }

  /// What of `text` is neither as it was nor in the place of marked records.
  func strangers(in text: String) -> [String] {
    let found = records(text).map(Self.bare)
    var strangers: [String] = []
    var position = 0
    var changes = 0
    for record in expected + [nil] {
      guard let record else {
        changes += 1
        continue
      }
      let next = found[position...].firstIndex(of: record)
      guard let next else {
        strangers.append("gone: \(record)")
        continue
      }
      if next - position > changes { strangers += found[position..<next] }
      (position, changes) = (next + 1, 0)
    }
    if found.count - position > changes { strangers += found[position...] }
    return strangers
  }

  /// The lines of each record, and of what stands between.
  private func records(_ text: String) -> [[String]] {
    var records: [[String]] = [[]]
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      if begins(line), !(records.last?.isEmpty ?? true) { records.append([]) }
      records[records.count - 1].append(String(line))
    }
    return records
  }

  /// Without what separates it from others.
  private static func bare(_ record: [String]) -> String {
    var lines = record[...]
    while let last = lines.last, last.allSatisfy({ "[]{}, ".contains($0) }) { lines.removeLast() }
    return lines.joined(separator: "\n")
  }

  private func begins(_ line: Substring) -> Bool {
    switch format {
    case "coco": line == "    {" || line.hasPrefix("  \"")
    case "voc": line.hasSuffix("<object>") || line.contains("</annotation>")
    default: true
    }
  }
}
