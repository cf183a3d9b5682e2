import Foundation
import TestSupport
import Testing

@Suite("Rejected records")
struct RejectionTests {
  private func workspace(boxes: String...) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(COCOText.dataset(boxes: boxes), to: "in.json")
    return folder
  }

  private func convert(_ arguments: String..., in folder: TemporaryFolder) throws -> Copra.Ending {
    try Copra.run(["convert", "in.json", "-o", "out.json"] + arguments, in: folder)
  }

  @Test
  func `each stands on a line of its own with its place, the rule, the reason and its record`()
    throws
  {
    let folder = try TemporaryFolder()
    try folder.copySample("broken/voc", to: "in")
    let ending = try Copra.run(["convert", "in", "-o", "out.json"], in: folder)
    #expect(ending.status == 1)
    let lines = try folder.lines("out.json.rejected.jsonl")
    #expect(lines.count == 15)
    for line in lines {
      #expect(Set(line.keys) == ["file", "line", "column", "kind", "rule", "message", "record"])
    }
    let line = try #require(
      lines.first { ($0["file"] as? String)?.hasSuffix("comma-in-coordinate.xml") == true })
    #expect(line["file"] as? String == "in/Annotations/comma-in-coordinate.xml")
    #expect(line["line"] as? Int == 20)
    #expect(line["column"] as? Int == 4)
    #expect(line["kind"] as? String == "annotation")
    #expect(line["rule"] as? String == "malformed-value")
    #expect(line["message"] as? String == "<xmin>: expected a number, found \"5,5\"")
    #expect((line["record"] as? String)?.contains("<xmin>5,5</xmin>") == true)
  }

  @Test func `the list of an earlier run is removed where nothing is rejected any more`() throws {
    let folder = try workspace(boxes: "1,1,5,5")
    try folder.write("old", to: "out.json.rejected.jsonl")
    #expect(try convert(in: folder).status == 0)
    #expect(try folder.names() == ["in.json", "out.json"])
  }

  @Test func `the list of a folder stands beside it`() throws {
    let folder = try workspace(boxes: "1,1,-5,5")
    _ = try Copra.run(["convert", "in.json", "-o", "out/"], in: folder)
    #expect(try folder.names() == ["in.json", "out", "out.rejected.jsonl"])
  }

  @Test func `quarantine leaves the bad record out, reports it and ends with 1`() throws {
    let folder = try workspace(boxes: "1,1,5,5", "9,9,-5,5")
    let ending = try convert(in: folder)
    #expect(ending.status == 1)
    #expect(ending.messages.contains("error: xmax 4 is left of xmin 9 [inverted-box]"))
    #expect(try folder.records("annotations", of: "out.json").count == 1)
    let explicit = try workspace(boxes: "1,1,5,5", "9,9,-5,5")
    _ = try convert("--on-error", "quarantine", in: explicit)
    #expect(try folder.tree() == explicit.tree())
  }

  @Test func `stop writes nothing and ends with 1; without errors it writes`() throws {
    let broken = try workspace(boxes: "1,1,5,5", "9,9,-5,5")
    let ending = try convert("--on-error", "stop", in: broken)
    #expect(ending.status == 1)
    #expect(ending.results.isEmpty)
    #expect(ending.messages.contains("nothing was written, because --on-error is stop"))
    #expect(try broken.names() == ["in.json"])
    let clean = try workspace(boxes: "1,1,5,5")
    #expect(try convert("--on-error", "stop", in: clean).status == 0)
    #expect(clean.exists("out.json"))
  }

  @Test func `fix mends what is safe to mend, counts it as changed and rejects the rest`() throws {
    let folder = try workspace(boxes: "1,1,5,5", "9,9,-5,5")
    let ending = try convert("--on-error", "fix", in: folder)
    #expect(ending.status == 0)
    #expect(ending.results.contains("1 annotation  corners sorted"))
    let boxes = try folder.records("annotations", of: "out.json").map { $0["bbox"] as? [Int] }
    #expect(boxes == [[1, 1, 5, 5], [4, 9, 5, 5]])
    let hopeless = try workspace(boxes: "1,1,5,5", "9,9,5")
    #expect(try convert("--on-error", "fix", in: hopeless).status == 1)
    #expect(try hopeless.lines("out.json.rejected.jsonl").count == 1)
  }

  @Test func `the area of a fixed box is its own`() throws {
    let folder = try TemporaryFolder()
    let text = COCOText.dataset(boxes: ["9,9,-5,5"])
    try folder.write(text.replacingOccurrences(of: #","area":12"#, with: ""), to: "in.json")
    #expect(try convert("--on-error", "fix", in: folder).status == 0)
    #expect(try folder.records("annotations", of: "out.json").first?["area"] as? Int == 25)
  }
}
