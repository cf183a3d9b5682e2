import Foundation
import TestSupport
import Testing

@Suite("Samples")
struct SampleTests {
  /// Every set below `broken`: folders, tables, and COCO files.
  static let broken: [String] = {
    let manager = FileManager.default
    let root = "\(Samples.folder)/broken"
    func names(_ folder: String) -> [String] {
      ((try? manager.contentsOfDirectory(atPath: folder)) ?? []).sorted()
    }
    let folders = names(root).filter { $0 == "voc" || $0.hasPrefix("yolo") }
    let tables = names("\(root)/csv").filter { $0.hasSuffix(".csv") }.map { "csv/\($0)" }
    let files = names("\(root)/coco").filter { $0.hasSuffix(".json") }.map { "coco/\($0)" }
    return folders + tables + files
  }()

  @Test(
    arguments: broken)
  func `every broken sample is read or refused in words, and its ledger adds up`(sample: String)
    throws
  {
    let folder = try TemporaryFolder()
    let input = "\(Samples.folder)/broken/\(sample)"
    let ending = try Copra.run(["convert", input, "-o", "out.json"], in: folder)
    let status = try #require(ending.status)
    guard folder.exists("out.json") else {
      #expect(status == 1 || status == 2)
      #expect(ending.messages.contains("error: "))
      return
    }
    #expect(status == (ending.messages.contains(": error: ") ? 1 : 0))
    #expect(ending.results.contains("adds up: read = written + changed + rejected"))
    let ledger = ending.results.split(separator: "\n").prefix(3).dropFirst()
    var rejected = 0
    for (row, list) in zip(ledger, ["images", "annotations"]) {
      let numbers = row.split(separator: " ").compactMap { Int($0) }
      try #require(numbers.count == 4)
      #expect(numbers[0] == numbers[1] + numbers[2] + numbers[3])
      #expect(try folder.records(list, of: "out.json").count == numbers[1] + numbers[2])
      rejected += numbers[3]
    }
    let lines = rejected == 0 ? 0 : try folder.lines("out.json.rejected.jsonl").count
    #expect(lines == rejected)
    #expect(folder.exists("out.json.rejected.jsonl") == (rejected > 0))
  }

  @Test(
    arguments: ["voc", "expected.json"], ["coco", "voc", "yolo", "csv"])
  func `a clean sample ends with 0 in every format out`(sample: String, format: String) throws {
    let folder = try TemporaryFolder()
    let input = "\(Samples.folder)/\(sample)"
    let ending = try Copra.run(["convert", input, "--to", format, "-o", "out"], in: folder)
    #expect(ending.status == 0)
    #expect(ending.results.contains("adds up: read = written + changed + rejected"))
    #expect(!ending.messages.contains("error"))
  }
}
