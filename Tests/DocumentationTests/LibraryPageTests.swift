import COCO
import Datasets
import DetectionMetrics
import Files
import Formats
import Foundation
import Images
import Linting
import Testing

/// The code of `Documentation/library.md`, line by line. It is compiled, and run where its files are.
struct LibraryPageTests {
  private static let repository = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../..").standardizedFileURL

  func read() async throws -> Imported {
    let dataset = try await DatasetReader().read("VOC2012")
    return dataset
  }

  func lint() async throws -> [Finding] {
    let findings = try await DatasetLinter().lint("VOC2012").findings
    return findings
  }

  func convert() async throws {
    try await DatasetWriter().write(DatasetReader().read("VOC2012"), to: "instances.json")
  }

  // swift-format-ignore
  func evaluate() async throws -> Evaluation {
    let evaluation = try await ResultsEvaluator().evaluate("results.json", against: "val.json").evaluation
    return evaluation
  }

  func draw() throws -> [UInt8] {
    var canvas = Canvas(try ShownPicture(path: "a.jpg").bitmap)
    let cat = DrawnObject(
      box: Box(x: 20, y: 40, width: 90, height: 70), colour: .white, label: "cat")
    ObjectDrawing().draw([cat], on: &canvas)
    let file = try canvas.bitmap.jpeg(quality: 90)
    return file
  }

  func configure() -> DatasetReader {
    var reader = DatasetReader()
    reader.format = .voc
    reader.options.difficult = .crowd
    reader.categories.names = ["cat", "dog"]
    reader.workers = Workers(threads: 2)
    return reader
  }

  @Test func `every line of the page's code stands in this file`() throws {
    let page = try String(
      contentsOf: Self.repository.appending(path: "Documentation/library.md"), encoding: .utf8)
    let source = try String(contentsOf: URL(filePath: #filePath), encoding: .utf8)
    let blocks = page.matches(of: /```swift\n((?s).*?)```/).map { String($0.1) }
    #expect(blocks.count == 6)
    for line in blocks.joined().split(separator: "\n") {
      #expect(source.contains("    \(line)\n"), "\(line)")
    }
  }
}
