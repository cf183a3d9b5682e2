import COCO
import Datasets
import DetectionMetrics
import DetectionModels
import Engine
import Files
import Formats
import Foundation
import Linting
import TestSupport
import Testing
import Torch

/// The code of the articles in the DocC catalogues, line by line: it is compiled and run here.
@Suite("Articles of the libraries", .serialized)
struct ArticleTests {
  @Test func `COCO: Records and masks`() async throws {
    var dataset = Dataset()
    dataset.categories = [Category(id: 1, name: "coconut")]
    dataset.images = [Image(id: 7, fileName: "palm.jpg", width: 640, height: 480)]
    let outline = Polygons([[10, 10, 110, 10, 110, 60, 10, 60]])
    dataset.annotations = [
      Annotation(
        id: 1, imageID: 7, categoryID: 1, box: Box(x: 10, y: 10, width: 100, height: 50),
        isCrowd: 0, area: 5000, segmentation: .polygons(outline))
    ]
    let mask = try RunLengthMask(polygons: outline, height: 480, width: 640)
    let pixels = mask.area
    let extent = mask.boundingBox
    let half = Polygons([[10, 10, 60, 10, 60, 60, 10, 60]])
    let left = try RunLengthMask(polygons: half, height: 480, width: 640)
    let overlap = left.iou(with: mask)
    let inCrowd = left.iou(with: mask, isCrowd: true)
    #expect(pixels == 5000)
    #expect(extent == Box(x: 10, y: 10, width: 100, height: 50))
    #expect(overlap > 0.49 && overlap < inCrowd)
    #expect(dataset.annotations.count == 1)
  }

  @Test func `Formats: Finding a format`() async throws {
    let readable = Format.all.filter { $0.importer != nil }.map(\.name)
    var options = ImportOptions()
    options.difficult = .crowd
    #expect(readable.first == "coco")
    #expect(options.difficult == .crowd)
  }

  @Test func `Datasets: Read, lint, convert`() async throws {
    let folder = try TemporaryFolder()
    let output = folder.path("output")
    let imported = try await DatasetReader().read("samples/voc")
    let boxes = imported.datasets.reduce(0) { $0 + $1.annotations.count }
    let findings = try await DatasetLinter().lint("samples/voc").findings
    try await DatasetWriter().write(imported, to: output)
    #expect(boxes > 0)
    #expect(findings.allSatisfy { $0.severity != .error })
    #expect(FileManager.default.fileExists(atPath: output))
  }

  @Test func `Linting: Linting in memory`() async throws {
    var dataset = Dataset()
    dataset.categories = [Category(id: 1, name: "coconut")]
    dataset.images = [Image(id: 7, fileName: "palm.jpg", width: 640, height: 480)]
    dataset.annotations = [
      Annotation(
        id: 1, imageID: 7, categoryID: 1, box: Box(x: 600, y: 10, width: 100, height: 50),
        isCrowd: 0, area: 5000)
    ]
    let findings = try await Linter(RuleSet().rules).lint(Subject([dataset]))
    let ids = findings.map(\.kind.id)
    var rules = RuleSet()
    try rules.ignore(["box-past-edge"])
    #expect(ids.contains("box-past-edge"))
    #expect(!rules.contains(.boxPastEdge))
  }

  @Test func `DetectionMetrics: Evaluating in memory`() async throws {
    let coconut = Category(id: 1, name: "coconut")
    var evaluator = Evaluator(categories: [coconut], settings: EvaluationSettings(.bbox))
    let truth = Annotation(
      id: 1, imageID: 7, categoryID: 1, box: Box(x: 10, y: 10, width: 100, height: 50), isCrowd: 0,
      area: 5000)
    let found = Detection(
      imageID: 7, categoryID: 1, score: 0.9, box: Box(x: 12, y: 11, width: 98, height: 50))
    evaluator.add(
      Image(id: 7, fileName: "palm.jpg", width: 640, height: 480), truths: [truth],
      detections: [found])
    let evaluation = await evaluator.evaluation()
    let ap = evaluation.summary.first { $0.name == "AP" }?.value
    #expect(ap ?? 0 > 0.7)
  }

  @Test func `Torch: Fitting a line`() async throws {
    let x = Tensor([0 as Float, 1, 2, 3, 4], shape: [5, 1])
    let y = x * 2.0 + 1.0
    let line = Linear(1, 1)
    var optimizer = SGD(line.parameters, learningRate: 0.05)
    for _ in 0..<500 {
      let loss = meanSquaredError(line(x), y)
      optimizer.zeroGradients()
      loss.backward()
      optimizer.step()
    }
    let slope = line.weight.item()
    #expect(abs(slope - 2) < 0.01)
  }

  @Test func `DetectionModels: One training step`() async throws {
    let faster = try DetectorCatalogue.detector(named: "ssdlite320_mobilenet_v3_large")?.make(
      numClasses: 3)
    let image = Tensor.zeros([3, 320, 320])
    let target = TrainingTarget(
      boxes: Tensor([40 as Float, 40, 200, 220], shape: [1, 4]), labels: Tensor([1]))
    let losses = faster?.losses(images: [image], targets: [target])
    losses?.total.backward()
    let names = losses?.entries.map(\.name)
    #expect(names == ["bbox_regression", "classification"])
  }

  @Test func `Engine: Training a detector`() async throws {
    let imported = try await DatasetReader().read("samples/voc")
    let folder = imported.imageFolders["train"] ?? "."
    let samples = DetectionSamples(imported.datasets[0], folder: folder)
    let choice = try DetectorChoice(named: "ssdlite320_mobilenet_v3_large")
    let detector = try choice.make(numClasses: samples.labels.count, input: choice.inputSize())
    func train(_ detector: some Detector) throws -> Int {
      var training = Training(detector)
      let loader = Loader(samples, plan: BatchPlan(batchSize: 2, seed: 1))
      _ = try training.trainOneEpoch(loader) { step in
        print(step.loss)
        return false
      }
      return training.step
    }
    let steps = try train(detector)
    #expect(steps == 1)
  }

  @Test func `the articles hold the code of this file`() throws {
    let source = try String(contentsOf: URL(filePath: #filePath), encoding: .utf8)
    let catalogues = try FileManager.default.subpathsOfDirectory(
      atPath: Self.repository.appending(path: "Sources").path
    ).filter { $0.contains(".docc/") && $0.hasSuffix(".md") }
    #expect(catalogues.count == 16)
    for path in catalogues {
      let page = try String(
        contentsOf: Self.repository.appending(path: "Sources/\(path)"), encoding: .utf8)
      for block in page.matches(of: /```swift\n((?s).*?)```/) {
        for line in block.1.split(separator: "\n") {
          #expect(source.contains("    \(line)\n"), "\(path): \(line)")
        }
      }
    }
  }

  private static let repository = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../..").standardizedFileURL
}
