import COCO
import Datasets
import DetectionMetrics
import DetectionModels
import Files
import Formats
import Foundation
import Images
import Linting
import Testing
import Torch

/// The Swift code of the pages of `Documentation`, line by line, which is thereby compiled.
struct PageTests {
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

  func evaluateInMemory(
    _ categories: [COCO.Category], _ image: Image, _ annotations: [Annotation],
    _ detections: [Detection]
  ) async {
    var evaluator = Evaluator(categories: categories, settings: EvaluationSettings(.bbox))
    evaluator.add(image, truths: annotations, detections: detections)
    let evaluation = await evaluator.evaluation()
    print(evaluation.summary[0].value)
  }

  func train(_ images: Tensor, _ labels: Tensor) throws {
    var model = ResNet.resnet18()
    try model.load(contentsOf: "resnet18-f37072fd.pth")
    model.fc = Linear(model.fc.inFeatures, 2)
    var optimizer = SGD(model.parameters, learningRate: 0.01, momentum: 0.9)
    crossEntropy(model(images, .training), labels).backward()
    optimizer.step()
  }

  @Test func `every line of the pages' code stands in this file`() throws {
    let source = try String(contentsOf: URL(filePath: #filePath), encoding: .utf8)
    let known = Set(source.split(separator: "\n").map(Self.code))
    let folder = Self.repository.appending(path: "Documentation")
    var blocks = 0
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path)
    where name.hasSuffix(".md") {
      let page = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
      for block in page.matches(of: /```swift\n((?s).*?)```/) {
        blocks += 1
        for line in block.1.split(separator: "\n").map(Self.code) where !line.isEmpty {
          #expect(known.contains(line), "\(name): \(line)")
        }
      }
    }
    #expect(blocks >= 8)
  }

  /// Returns the code of a line, without the comment after it.
  private static func code(_ line: Substring) -> String {
    let comment = line.firstRange(of: " //")?.lowerBound ?? line.endIndex
    return line[..<comment].trimmingCharacters(in: .whitespaces)
  }
}
