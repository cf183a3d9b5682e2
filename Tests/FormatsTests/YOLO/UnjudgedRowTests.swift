import COCO
import Formats
import TestSupport
import Testing

@Suite struct UnjudgedRowTests {
  private func read(labels: [UInt8]) async throws -> (imported: Imported, folder: TemporaryFolder) {
    let folder = try TemporaryFolder()
    try folder.write("train: images\nnames: [crab, palm]\n", to: "data.yaml")
    try folder.picture("images/a.png")
    try folder.write(labels, to: "labels/a.txt")
    return (try await folder.readUnjudged("yolo", ["data.yaml"]), folder)
  }

  @Test(arguments: [
    "0 nan 0.5 0.2 0.2", "0 0.5 0.5 inf 0.2", "0 0.5 0.5 -0.2 0.2", "0 0.5 0.5 0 0.2",
    "0 1.5 0.5 0.2 0.2", "1 0.1 0.1 nan 0.5 0.5 0.5",
  ])
  func `an odd row is taken over without a word`(row: String) async throws {
    let (imported, _) = try await read(labels: Array(row.utf8))
    #expect(imported.allRules == [])
    #expect(try imported.whole.annotations.count == 1)
  }

  @Test(arguments: [
    ("0 1 1 1 1\n7 1 1 1 1\n1 1 1 1 1\n", "0 1 1 1 1\n1 1 1 1 1\n"),
    ("0 1 1 1 1\r\n \t7 1 1 1 1 \r\n1 1 1 1 1\r\n", "0 1 1 1 1\r\n1 1 1 1 1\r\n"),
    ("0 1 1 1 1\n7 1 1 1 1", "0 1 1 1 1\n"), ("7 1 1 1 1\n\n0 1 1 1 1", "\n0 1 1 1 1"),
    ("\u{FEFF}7 1 1 1 1\n0 1 1 1 1\n", "\u{FEFF}0 1 1 1 1\n"),
  ])
  func `the fix of a row of no known class takes the whole row out`(
    text: String, rest: String
  ) async throws {
    let (imported, folder) = try await read(labels: Array(text.utf8))
    defer { withExtendedLifetime(folder) {} }
    #expect(imported.rejections.map(\.finding.rule) == ["unknown-category"])
    #expect(imported.rejections[0].finding.fixes.map(\.isSafe) == [false])
    #expect(try imported.withoutRemovals() == Array(rest.utf8))
  }

  @Test func `it does so in UTF-16 too`() async throws {
    func encode(_ text: String) -> [UInt8] {
      ([0xFEFF] + Array(text.utf16)).flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    }
    let (imported, folder) = try await read(labels: encode("0 1 1 1 1\n7 1 1 1 1\n1 1 1 1 1\n"))
    defer { withExtendedLifetime(folder) {} }
    #expect(try imported.withoutRemovals() == encode("0 1 1 1 1\n1 1 1 1 1\n"))
  }
}
