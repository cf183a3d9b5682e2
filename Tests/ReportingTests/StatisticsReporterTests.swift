import COCO
import Files
import Foundation
import Testing

@testable import Reporting

struct StatisticsReporterTests {
  private static let datasets = [Examples.train, Examples.val]

  @Test func `text says what is there`() {
    let text = Examples.statistics("text", Self.datasets)
    #expect(text.contains("\n  images             5\n    without objects  1  20.0 %\n"))
    #expect(text.contains("  train       4                1            5       1        1.3\n"))
    #expect(text.contains("Objects per image: 0 to 3, median 1, mean 1.2\n"))
    #expect(
      text.contains("  crab        3  50.0 %       2      3    0  ████████████████████████\n"))
  }

  @Test func `text lists categories without objects together`() {
    let text = Examples.statistics("text", [Examples.train])
    #expect(text.hasSuffix("  without objects: boat\n"))
  }

  @Test func `text fits eighty columns`() {
    var dataset = Examples.train
    dataset.categories[0].name = String(repeating: "a very long name of a class ", count: 5)
    dataset.categories[1].name = "螃蟹和椰子树在沙滩上的照片里面有很多很多的东西"
    dataset.categories += (100..<160).map { Category(id: $0, name: "class number \($0)") }
    for datasets in [[dataset], [dataset, Examples.val], [dataset, dataset, dataset]] {
      let lines = Examples.statistics("text", datasets).split(separator: "\n")
      #expect(lines.allSatisfy { String($0).columns <= 80 })
    }
  }

  @Test func `text holds no control characters of names`() {
    var dataset = Examples.train
    dataset.categories[0].name = "cr\u{1B}[31mab\n"
    let text = Examples.statistics("text", [dataset])
    #expect(!text.contains("\u{1B}"))
    #expect(text.contains("cr\\u{1b}[31mab\\n"))
  }

  @Test func `json has all numbers in full`() throws {
    let text = Examples.statistics("json", Self.datasets)
    let root = try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    let total = try #require(root["total"] as? [String: Any])
    let splits = try #require(root["splits"] as? [[String: Any]])
    #expect(total["annotations"] as? Int == 6)
    #expect(splits.map { $0["name"] as? String } == ["train", "val"])
    #expect(text.contains(#""aspect_ratio":{"minimum":\#(31.0 / 33),"#))
    let grid = try #require(total["box_grid"] as? [String: [Any]])
    #expect(grid["edges"]?.count == 25)
    #expect(grid["counts"]?.count == 24)
  }

  @Test func `json keeps its keys`() throws {
    let data = Data(Examples.statistics("json", [Examples.train]).utf8)
    let root = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
    let split = try #require((root["splits"] as? [[String: Any]])?.first)
    #expect(
      split.keys.sorted() == [
        "annotations", "area_histogram", "aspect_ratio_histogram", "box_centres", "box_grid",
        "boxes", "categories", "category_pairs", "forms", "image_sizes", "images",
        "images_without_objects", "name", "objects_per_image", "sizes",
      ])
  }

  @Test(arguments: ["text", "json", "html"])
  func `every format is the same each time`(format: String) {
    let first = Examples.statistics(format, Self.datasets)
    #expect(first == Examples.statistics(format, Self.datasets))
    #expect(first.hasSuffix("\n"))
  }

  @Test(arguments: ["text", "json", "html"])
  func `every format takes nothing`(format: String) {
    let empty = Dataset(images: [], annotations: [], categories: [])
    #expect(!Examples.statistics(format, []).isEmpty)
    #expect(!Examples.statistics(format, [empty]).isEmpty)
  }

  @Test func `every reporter is listed`() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../Sources/Reporting")
    for (name, listed) in [
      ("StatisticsReporters", StatisticsReporters.all.map { "\($0)" }),
      ("FindingReporters", FindingReporters.all.map { "\($0)" }),
    ] {
      let files = try FileManager.default.contentsOfDirectory(
        atPath: folder.appendingPathComponent(name).path)
      let own = ["StatisticsReporter.swift", "FindingReporter.swift"]
      let reporters = files.filter { $0.hasSuffix("Reporter.swift") && !own.contains($0) }
      #expect(reporters.sorted() == listed.map { "\($0).swift" }.sorted())
    }
  }
}
