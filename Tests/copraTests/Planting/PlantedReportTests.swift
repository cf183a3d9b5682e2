import Reporting
import TestSupport
import Testing

@Suite("Reports of planted faults")
struct PlantedReportTests {
  private static let plantings = [
    COCOPlanter.mendable(.dense), VOCPlanter.files(), YOLOPlanter.rows(), CSVPlanter.pictures(),
  ]

  @Test(
    arguments: plantings,
    FindingReporters.all.map { $0.name })
  func `one thread and two say the same in every format`(planting: Planting, format: String) throws
  {
    let folder = try TemporaryFolder()
    try planting.plant(in: folder)
    let report = ["--format", format, "--threads"]
    let first = try planting.validate(report + ["1"], in: folder)
    let second = try planting.validate(report + ["2"], in: folder)
    #expect(!first.results.isEmpty)
    #expect(second.results == first.results)
    #expect(second.messages == first.messages)
  }

  @Test func `ten thousand findings of one kind stay short`() throws {
    let folder = try TemporaryFolder()
    let boxes = (0..<10_000).map { "\($0 % 50 + 5),\($0 / 250 + 1),-3,4" }
    try folder.write(COCOText.dataset(boxes: boxes), to: "in.json")
    let arguments = ["validate", "in.json", "--select", "inverted-box"]
    let ending = try Copra.run(arguments, in: folder)
    #expect(ending.results.contains("9,980 more"))
    #expect(ending.results.split(separator: "\n").count < 40)
    #expect(ending.results.contains("10,000"))
    let all = try Copra.run(arguments + ["--all"], in: folder)
    #expect(all.results.split(separator: "\n").count > 10_000)
  }
}
