import COCO
import Files
import Formats
import TestSupport
import Testing

@Suite struct BrokenSamplesTests {
  @Test func `the list of broken samples is at hand`() {
    #expect(BrokenSample.rows(of: "voc").count == 28)
    #expect(BrokenSample.rows(of: "coco").count == 10)
  }

  @Test(arguments: BrokenSample.rows(of: "voc"))
  func `a broken VOC file has its finding and keeps the rest`(row: BrokenSample) async throws {
    let imported = try await Imported.read("voc", [Samples.path("broken/voc")])
    let source = try #require(
      imported.sources.paths.firstIndex(of: Samples.path("broken/\(row.path)")))
    let findings = imported.findings + imported.rejections.map(\.finding)
    // The evidence is of all files, and stands at the first box that it counts.
    let own = findings.filter {
      $0.origin?.file == source && $0.rule != "pixel-convention-evidence"
    }
    #expect(own.map(\.rule) == row.reported)

    let dataset = try imported.whole
    let image = dataset.images.first { $0.origin?.file == source }
    #expect((image != nil) == (row.outcome != "file rejected"))
    let names = Dictionary(uniqueKeysWithValues: dataset.categories.map { ($0.id, $0.name) })
    let classes = dataset.annotations.filter { $0.imageID == image?.id }
      .compactMap { $0.categoryID.flatMap { names[$0] } }
    #expect(classes == Self.classes(row.outcome))
    let rejected = imported.rejections.filter { $0.finding.origin?.file == source }.map(\.kind)
    #expect(rejected == Self.rejected(row.outcome))
  }

  @Test(arguments: BrokenSample.rows(of: "coco"))
  func `a broken COCO file has its finding and keeps the rest`(row: BrokenSample) async throws {
    let imported = try await Imported.read("coco", [Samples.path("broken/\(row.path)")])
    #expect(imported.allRules == row.reported)
    let dataset = try imported.whole
    #expect(dataset.images.first?.fileName == "beach.png" || row.path.contains("claims-too-much"))
    #expect(dataset.annotations.count == Self.classes(row.outcome).count)
    #expect(dataset.annotations.first?.imageID == 1)
    #expect(dataset.annotations.first?.categoryID == 1)
    #expect(imported.rejections.map(\.kind) == Self.rejected(row.outcome))
    #expect(dataset.categories.first?.name == (row.path.contains("cut-in") ? "1" : "coconut"))
  }

  private static func classes(_ outcome: String) -> [String] {
    switch outcome {
    case "file rejected", "nothing written": []
    case "annotation rejected": ["coconut"]
    default: ["coconut", "crab"]
    }
  }

  private static func rejected(_ outcome: String) -> [Rejection.Kind] {
    switch outcome {
    case "file rejected": [.image]
    case "annotation rejected": [.annotation]
    default: []
    }
  }

  @Test(arguments: BrokenSample.inputs)
  func `every record is accounted for`(input: (format: String, path: String)) async throws {
    let imported = try await Imported.read(input.format, [input.path])
    #expect(imported.isAccountedFor)
  }

  @Test(arguments: BrokenSample.inputs)
  func `the number of threads changes nothing`(
    input: (format: String, path: String)
  ) async throws {
    let one = try await Imported.read(input.format, [input.path])
    let two = try await Imported.read(input.format, [input.path]) {
      $0.tasks = OrderedTasks(threads: 2)
    }
    #expect(one.datasets == two.datasets)
    #expect(one.findings == two.findings)
    #expect(one.rejections == two.rejections)
    #expect(one.sources == two.sources)
    #expect(one.notes == two.notes)
    #expect(one.read == two.read)
    #expect(one.changes == two.changes)
  }
}
